// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/calc/results.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// Whether runs of the job make commits, so that they can be gone on with: not if all ranks write.
bool makes_commits(const job::Parameters& parameters);

/// A file can be gone on with by the same program with the same inputs and parameters: then every
/// number is as in a run without a stop. Throws Error{config} that names what differs. Ranks,
/// tiles, batches and exports change no number and may differ. Local.
void expect_same_run(const ResultHeader& before, const job::Job& job,
                     const std::filesystem::path& file);

}  // namespace shakefield::calc
