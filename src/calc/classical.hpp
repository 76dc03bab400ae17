// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "checkpoint.hpp"
#include "performance.hpp"
#include "shakefield/calc/run.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// What a classical calculation has to say, on all ranks; `outside` on root only.
struct ClassicalSummary {
  std::uint64_t ruptures = 0;
  RankReport own;
  std::vector<double> work;  ///< [ranks] estimated; sums to 1
};

/// Computes hazard curves, maps and spectra and writes /hazard. Sites are taken in rounds that fit
/// into memory; the tiles of a round are dealt to the ranks by estimated work, or, if there are few
/// sites, the shares of the sources are. Commits the results of rounds, and within a round the sums
/// so far if they are not large; goes on behind `start` (its counts: on root). `file` is null on
/// all ranks but root. Throws Error{interrupted} if a rank's must_stop said so. Collective.
ClassicalSummary run_classical(const comm::Communicator& comm, const job::Job& job,
                               const RunOptions& options, store::File* file,
                               const Checkpoint& start);

}  // namespace shakefield::calc
