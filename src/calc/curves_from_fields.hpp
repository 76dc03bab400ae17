// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/comm/communicator.hpp"
#include "shakefield/field/exceedance_counts.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Makes hazard curves, their Monte-Carlo errors, statistics, maps and spectra of what the ranks
/// have counted, and writes /hazard. `file` is null on all ranks but root. Throws the same error on
/// all ranks. Collective.
void write_curves_from_fields(const comm::Communicator& comm, const job::Job& job,
                              const field::ExceedanceCounts& counts, store::File* file);

}  // namespace shakefield::calc
