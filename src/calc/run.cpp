// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <optional>

#include "checkpoint.hpp"
#include "classical.hpp"
#include "disaggregation.hpp"
#include "field_phase.hpp"
#include "header.hpp"
#include "outside_ranges.hpp"
#include "performance.hpp"
#include "resume.hpp"
#include "shakefield/calc/plan.hpp"
#include "shakefield/calc/results.hpp"

namespace shakefield::calc {
namespace {

void refuse_to_resume(const job::Job& job, const RunOptions& options) {
  core::validate(!options.resume || makes_commits(job.parameters), core::ErrorKind::config,
                 "--resume was given for a job with gmf_writer = mpi_io (its runs make no commits "
                 "to go on with), start it anew with --overwrite, or with gmf_writer = single");
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

/// The file of a run, on root: a new one, or one that is gone on with.
struct Output {
  std::optional<store::File> file;  ///< none if it was complete
  Checkpoint checkpoint;            ///< of a new file: nothing done yet
  store::Start start = store::Start::anew;
};

void expect_no_result_at(const std::filesystem::path& path, bool can_resume) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return;
  bool is_stopped_run = store::is_blank(path);
  try {
    is_stopped_run = is_stopped_run || !Results(path).header().complete;
  } catch (const core::Error&) {
    return;  // no file of ours: store says that it exists
  }
  core::validate(!is_stopped_run, core::ErrorKind::config,
                 fmt::format("{} exists (a run wrote it that did not come to its end), give "
                             "{}--overwrite or another name",
                             path.string(), can_resume ? "--resume to go on with it, " : ""));
}

/// A run must not write over the events that it takes over.
void expect_other_file(const job::Job& job, const std::filesystem::path& path) {
  std::error_code ignored;
  core::validate(!job.event_set || !std::filesystem::equivalent(path, job.event_set->path, ignored),
                 core::ErrorKind::config,
                 fmt::format("{} is the file whose events the run takes over, give -o another name",
                             path.string()));
}

Output open_output(const job::Job& job, const RunOptions& options, int ranks) {
  const std::filesystem::path& path = options.output;
  expect_other_file(job, path);
  Output output;
  if (options.resume && !store::is_blank(path)) {
    const ResultHeader before = Results(path).header();
    expect_same_run(before, job, path);
    if (before.complete) return output;
    output.file = store::File::open(path, store::Access::read_write, store::Writing::in_commits);
    output.checkpoint = *read_checkpoint(*output.file);
    output.start = store::Start::resume;
    store::write_attributes(*output.file, "/", {{"ranks", static_cast<std::int64_t>(ranks)}});
    ++output.checkpoint.position.sessions;
    options.log.info(fmt::format("goes on with {} after {}", path.string(),
                                 progress_text(output.checkpoint.position)));
    return output;
  }
  if (options.resume)
    options.log.info(
        fmt::format("{} holds nothing to go on with: starts from the beginning", path.string()));
  if (!options.resume && !options.overwrite)
    expect_no_result_at(path, makes_commits(job.parameters));
  const auto writing =
      makes_commits(job.parameters) ? store::Writing::in_commits : store::Writing::at_once;
  output.file = store::File::create(path, options.overwrite || options.resume, writing);
  write_header(*output.file, job, ranks);
  write_inputs(*output.file, job);
  return output;
}

/// Root's position on all ranks. Collective.
void share(const comm::Communicator& comm, Position& position) {
  const auto own = std::as_bytes(std::span(&position, 1));
  std::vector<std::byte> bytes(own.begin(), own.end());
  comm::broadcast(comm, bytes);
  std::memcpy(&position, bytes.data(), bytes.size());
}

/// Nothing is computed: the file is complete.
RunSummary summary_of_complete(const comm::Communicator& comm, const std::filesystem::path& path) {
  RunSummary summary;
  summary.was_complete = true;
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    const Results results(path);
    summary.sites = results.num_rows("/sites");
    summary.ruptures = results.num_rows("/ruptures");
    summary.events = results.num_rows("/events");
    summary.rows = results.num_rows("/gmf_data/table");
  });
  for (std::uint64_t* count : {&summary.sites, &summary.ruptures, &summary.events, &summary.rows})
    comm::broadcast(comm, *count);
  return summary;
}

/// Event set and fields; fills the summary and returns what this rank did.
RankReport make_fields(const comm::Communicator& comm, const job::Job& job,
                       const RunOptions& options, store::File* file, const Checkpoint& checkpoint,
                       RunSummary& summary) {
  FieldPhase phase(comm, job, options, file, checkpoint);
  phase.run();
  summary.ruptures = phase.num_ruptures();
  summary.events = phase.num_events();
  summary.rows = phase.num_rows();
  summary.work_by_rank = phase.deal().work;
  const auto outside = sum_over_ranks(comm, phase.outside());
  if (comm.is_root()) say_outside(outside, options.log);
  comm::agree(comm, [&] {
    if (file && !outside.empty()) write_outside(*file, outside);
  });
  return report_of(comm, phase);
}

RankReport make_curves(const comm::Communicator& comm, const job::Job& job,
                       const RunOptions& options, store::File* file, const Checkpoint& checkpoint,
                       RunSummary& summary) {
  const ClassicalSummary done = run_classical(comm, job, options, file, checkpoint);
  summary.ruptures = done.ruptures;
  summary.work_by_rank = done.work;
  return done.own;
}

}  // namespace

RunSummary run(const comm::Communicator& comm, const job::Job& job, const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  refuse_to_resume(job, options);
  if (comm.is_root()) say_what_runs(job, options, comm.size());

  const bool makes_curves = job::integrates(job.parameters.mode);
  if (!options.force) expect_room(comm, job, options.output);
  Output output;
  comm::agree(comm, [&] {
    if (comm.is_root()) output = open_output(job, options, comm.size());
  });
  std::uint64_t is_complete = comm.is_root() && !output.file;
  comm::broadcast(comm, is_complete);
  if (is_complete) return summary_of_complete(comm, options.output);
  share(comm, output.checkpoint.position);
  store::File* const file = output.file ? &*output.file : nullptr;

  RunSummary summary;
  summary.sites = job.sites.size();
  RankReport own = makes_curves ? make_curves(comm, job, options, file, output.checkpoint, summary)
                                : make_fields(comm, job, options, file, output.checkpoint, summary);
  if (job.parameters.mode == job::Mode::disaggregation)
    run_disaggregation(comm, job, options, file, output.checkpoint.position, own);
  summary.values_by_rank = comm::all_gather(comm, own.values);
  for (const std::uint64_t values : summary.values_by_rank) summary.values += values;
  const auto reports = gather_performance(comm, own);
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  comm::agree(comm, [&] {
    if (!file) return;
    write_performance(*file, reports, output.checkpoint.position.elapsed_s + summary.seconds);
    remove_checkpoint(*file);
    store::write_attributes(
        *file, "/",
        {{"num_events", static_cast<std::int64_t>(summary.events)}, {"complete", std::int64_t{1}}});
    file->close();
  });
  return summary;
}

}  // namespace shakefield::calc
