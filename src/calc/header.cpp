// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "header.hpp"

#include <fmt/format.h>

#include "shakefield/core/version.hpp"

namespace shakefield::calc {

std::string mode_name(job::Mode mode) {
  switch (mode) {
    case job::Mode::scenario:
      return "scenario";
    case job::Mode::event_based:
      return "event_based";
    case job::Mode::classical:
      return "classical";
    case job::Mode::disaggregation:
      return "disaggregation";
  }
  return "";
}

double effective_time(const job::Job& job) {
  const job::Parameters& p = job.parameters;
  if (p.mode == job::Mode::scenario) return 1;
  if (job::integrates(p.mode)) return p.investigation_time_yr;
  return p.investigation_time_yr * static_cast<double>(p.ses_per_logic_tree_path) *
         static_cast<double>(job.tree.realizations.size());
}

void write_header(store::File& file, const job::Job& job, int ranks) {
  const core::BuildInfo& build = core::build_info();
  const job::Parameters& p = job.parameters;
  std::vector<std::string> imts, checksums;
  for (const core::Imt& imt : p.imts) imts.push_back(imt.name());
  for (const auto& [path, digest] : job.checksums)
    checksums.push_back(fmt::format("{} {}", path, digest));
  core::Attributes attributes;
  attributes["format_version"] = std::vector<std::int64_t>{format_major, format_minor};
  attributes["program"] = std::string("shakefield");
  attributes["version"] = std::string(build.version);
  attributes["commit"] = std::string(build.commit);
  attributes["compiler"] = std::string(build.compiler);
  attributes["arch"] = std::string(build.arch);
  attributes["job"] = job.resolved;
  attributes["description"] = p.description;
  attributes["calculation_mode"] = mode_name(p.mode);
  attributes["ses_seed"] = static_cast<std::int64_t>(p.ses_seed);
  attributes["ranks"] = static_cast<std::int64_t>(ranks);
  attributes["imts"] = imts;
  attributes["input_checksums"] = checksums;
  attributes["investigation_time"] = p.mode == job::Mode::scenario ? 1.0 : p.investigation_time_yr;
  attributes["effective_time"] = effective_time(job);
  attributes["ses_per_logic_tree_path"] = static_cast<std::int64_t>(p.ses_per_logic_tree_path);
  attributes["num_realizations"] = static_cast<std::int64_t>(job.tree.realizations.size());
  attributes["num_events"] = std::int64_t{0};
  if (!p.minimum_intensity.empty()) attributes["minimum_intensity"] = p.minimum_intensity;
  attributes["complete"] = std::int64_t{0};
  store::write_attributes(file, "/", attributes);
}

}  // namespace shakefield::calc
