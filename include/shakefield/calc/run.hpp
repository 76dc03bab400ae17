// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/log.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::store {
class GmfSink;
}

namespace shakefield::calc {

/// How a calculation is run, as opposed to what is calculated.
struct RunOptions {
  std::filesystem::path output;  ///< HDF5 file to write
  bool overwrite = false;        ///< an existing file may be replaced
  bool resume = false;           ///< go on with a file that a run left; not with overwrite
  bool force = false;            ///< start although the disk or the memory will not suffice
  /// Seconds from one commit to the next (they never take more than 2 % of the time); 0: a commit
  /// at every second batch, or share of the sources.
  double commit_interval_s = 5;
  /// Classical calculations: memory of a rank for sums of rates, MiB. Sites that do not fit are
  /// taken in rounds; no number depends on it.
  double sums_mib = 512;
  /// Asked at every batch (classical calculations: when a commit is due): whether to commit and
  /// stop. One rank that says so is enough.
  std::function<bool()> must_stop = [] { return false; };
  core::Log log = {};            ///< listened to on root only
  core::Progress progress = {};  ///< called on root only
  /// For tests: puts something between the fields and the sink that stores them.
  std::function<std::unique_ptr<store::GmfSink>(std::unique_ptr<store::GmfSink>)> wrap_sink = {};
};

/// What a finished run has to say. The same on all ranks.
struct RunSummary {
  std::uint64_t sites = 0;
  std::uint64_t ruptures = 0;
  std::uint64_t events = 0;
  std::uint64_t rows = 0;  ///< of /gmf_data/table
  std::uint64_t values =
      0;  ///< generated, stored or not: sites in reach x events x IMTs, summed over ranks
  std::vector<std::uint64_t> values_by_rank;
  std::vector<double>
      work_by_rank;           ///< estimated before the run, root's writing included; sums to 1
  double seconds = 0;         ///< wall time of this run
  bool was_complete = false;  ///< nothing was left to do: only the counts of the file stand here
};

/// Runs a job and writes its file. Collective; every rank hands in the same job. The file changes
/// in commits: whenever the program is killed it opens, with the attribute complete = 0, and a run
/// with `resume` goes on behind the last commit, on any number of ranks, to the content of a run
/// without a stop. Throws Error, of kind interrupted if must_stop said so; of kind io or config,
/// before anything is computed, if the file or the memory will not suffice (plan.hpp); and of kind
/// config if the file exists, or was begun by another program or with other inputs or parameters.
RunSummary run(const comm::Communicator& comm, const job::Job& job, const RunOptions& options);

}  // namespace shakefield::calc
