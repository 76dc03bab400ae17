// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "field_phase.hpp"
#include "header.hpp"
#include "outside_ranges.hpp"
#include "performance.hpp"

namespace shakefield::calc {
namespace {

void refuse_unsupported(const job::Job& job) {
  const job::Mode mode = job.parameters.mode;
  core::validate(mode == job::Mode::scenario || mode == job::Mode::event_based,
                 core::ErrorKind::unsupported,
                 fmt::format("calculation_mode = {} is not offered yet (this version computes "
                             "scenario and event_based), choose one of these",
                             mode_name(mode)));
}

void say_what_runs(const job::Job& job, const RunOptions& options, int ranks) {
  for (const core::Problem& warning : job.warnings) options.log.warning(warning.text());
  if (!job.not_computed.empty()) {
    std::string names;
    for (const std::string& name : job.not_computed) names += (names.empty() ? "" : ", ") + name;
    options.log.warning(
        fmt::format("not computed by this version: {} (the fields are written; everything else of "
                    "the job is used)",
                    names));
  }
  options.log.info(fmt::format("{}: {} sites, {} realizations, {} IMTs, {} rank{}",
                               mode_name(job.parameters.mode), job.sites.size(),
                               job.tree.realizations.size(), job.parameters.imts.size(), ranks,
                               ranks == 1 ? "" : "s"));
}

}  // namespace

RunSummary run(const comm::Communicator& comm, const job::Job& job, const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  refuse_unsupported(job);
  if (comm.is_root()) say_what_runs(job, options, comm.size());

  std::optional<store::File> file;
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    file = store::File::create(options.output, options.overwrite);
    write_header(*file, job, comm.size());
    write_inputs(*file, job);
  });

  FieldPhase phase(comm, job, options, file ? &*file : nullptr);
  phase.run();

  RunSummary summary;
  summary.sites = job.sites.size();
  summary.ruptures = phase.num_ruptures();
  summary.events = phase.num_events();
  summary.rows = phase.num_rows();
  summary.values_by_rank = comm::all_gather(comm, phase.counts().values);
  for (const std::uint64_t values : summary.values_by_rank) summary.values += values;
  summary.work_by_rank = phase.deal().work;
  const auto outside = sum_over_ranks(comm, phase.outside());
  if (comm.is_root()) say_outside(outside, options.log);
  const auto reports = gather_performance(comm, phase);
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  comm::agree(comm, [&] {
    if (!file) return;
    write_performance(*file, reports, summary.seconds);
    if (!outside.empty()) write_outside(*file, outside);
    store::write_attributes(
        *file, "/",
        {{"num_events", static_cast<std::int64_t>(summary.events)}, {"complete", std::int64_t{1}}});
    file->close();
  });
  return summary;
}

}  // namespace shakefield::calc
