// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checkpoint.hpp"
#include "performance.hpp"
#include "shakefield/calc/run.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Bins of a rank take about this much memory.
inline constexpr double disagg_bins_bytes = 256.0 * 1048576;

/// Disaggregates the hazard at the levels that the job asks for and writes /disagg; the curves and
/// maps of the classical calculation must be in the file. Sites are taken in rounds whose filled
/// bins fit into memory; they are dealt to the ranks, or, if there are few, the shares of the
/// sources are. No number depends on the ranks. Commits between rounds; goes on behind `start`.
/// `file` is null on all ranks but root. Adds what this rank did to `own`. Throws
/// Error{interrupted} if a rank's must_stop said so. Collective.
void run_disaggregation(const comm::Communicator& comm, const job::Job& job,
                        const RunOptions& options, store::File* file, const Position& start,
                        RankReport& own);

}  // namespace shakefield::calc
