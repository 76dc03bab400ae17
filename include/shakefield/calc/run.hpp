// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/log.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// How a calculation is run, as opposed to what is calculated.
struct RunOptions {
  std::filesystem::path output;  ///< HDF5 file to write
  bool overwrite = false;        ///< an existing file may be replaced
  core::Log log;                 ///< listened to on root only
  core::Progress progress;       ///< called on root only
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
      work_by_rank;    ///< estimated before the run, root's writing included; sums to 1
  double seconds = 0;  ///< wall time of the run
};

/// Runs a job and writes its file. Collective; every rank hands in the same job. Throws Error; what
/// was written until then stays with the attribute complete = 0.
RunSummary run(const comm::Communicator& comm, const job::Job& job, const RunOptions& options);

}  // namespace shakefield::calc
