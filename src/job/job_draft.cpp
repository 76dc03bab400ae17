// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "job_draft.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "job_files.hpp"
#include "job_table.hpp"
#include "parameters.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

Settings read_settings(const std::filesystem::path& path, const Overrides& overrides,
                       InputFiles& files, core::Problems& problems) {
  const std::string name = path.string();
  const std::string& text = files.text(path);
  core::validate(text.find('\0') == std::string::npos, ErrorKind::config,
                 "the job is no text (it holds bytes of value 0), give a job.ini or job.yaml",
                 {name, 0});
  const RawJob raw =
      is_yaml_job(path) ? read_yaml(text, name, problems) : read_ini(text, name, problems);
  if (raw.empty() && problems.empty())
    problems.add(ErrorKind::config,
                 "the job is empty (it says nothing of what to compute), add lines such as "
                 "calculation_mode = scenario",
                 {name, 0});
  if (raw.empty()) throw_sorted(problems);  // else every parameter would be missing as well
  return {raw, overrides, name, problems};
}

}  // namespace

void throw_sorted(const core::Problems& found) {
  if (found.empty()) return;
  constexpr std::size_t most = 100;
  std::vector<core::Problem> problems = found.errors();
  // Not of std::ranges, which clang-tidy 14 cannot read with the library of GCC 12.
  std::stable_partition(problems.begin(), problems.end(),
                        [](const core::Problem& p) { return p.kind != ErrorKind::unsupported; });
  if (problems.size() > most) {
    const std::size_t more = problems.size() - most;
    problems.resize(most);
    problems.push_back({problems.front().kind, fmt::format("and {} more problems", more), {}});
  }
  throw core::Error(std::move(problems));
}

JobDraft::JobDraft(const std::filesystem::path& path, const Overrides& overrides,
                   InputFiles& input_files, ModelFile* from_model)
    : files(input_files),
      model(from_model),
      folder(path.parent_path()),
      settings(read_settings(path, overrides, files, problems)) {
  job.path = path;
  job.parameters = make_parameters(settings, problems);
}

std::string JobDraft::one_of(const std::string& a, const std::string& b, std::string_view why) {
  if (settings.broken(a) || settings.broken(b)) return {};
  if (settings.given(a) && settings.given(b)) {
    add(b, fmt::format("{} and {} are both given (one is expected), remove one", a, b));
    return {};
  }
  if (!settings.given(a) && !settings.given(b)) {
    add(a, fmt::format("{} is missing ({}), add it, or {}", a, why, b));
    return {};
  }
  return settings.given(a) ? a : b;
}

XmlFile JobDraft::read_xml_of(std::string_view key) {
  return read_xml(files, file_path(settings, key, folder), settings.place(key));
}

MeshSpacings JobDraft::spacings() const {
  return {job.parameters.rupture_mesh_spacing_km, job.parameters.complex_fault_mesh_spacing_km};
}

void JobDraft::check_reach(const std::vector<std::string>& of_regions) {
  const auto* by_region = settings.value("maximum_distance").map();
  if (!by_region) return;
  const auto has = [&](const std::string& name) {
    return std::ranges::any_of(*by_region, [&](const auto& item) { return item.first == name; });
  };
  for (const std::string& region : of_regions)
    if (!has("default") && !has(region))
      add("maximum_distance", fmt::format("maximum_distance says nothing of the tectonic region "
                                          "'{}' (and has no \"default\"), add one of both",
                                          region));
}

}  // namespace shakefield::job
