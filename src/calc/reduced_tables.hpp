// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/field/exceedance_counts.hpp"
#include "shakefield/field/ln_sums.hpp"
#include "shakefield/field/maxima.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// What a job keeps of its fields by site, before the first event.
field::LnSums no_ln_sums(const job::Job& job);
field::Maxima no_maxima(const job::Job& job);
field::ExceedanceCounts no_exceedances(const job::Job& job);

/// Write what the ranks keep, added up, a block of sites at a time. `file` is null on all ranks but
/// root. Throw the same error on all ranks. Collective.
void write_statistics(const comm::Communicator& comm, const job::Job& job,
                      const field::LnSums& sums, store::File* file);
void write_maxima(const comm::Communicator& comm, const job::Job& job, const field::Maxima& maxima,
                  store::File* file);
void write_exceedances(const comm::Communicator& comm, const job::Job& job,
                       const field::ExceedanceCounts& counts, store::File* file);

/// [M] units of the IMTs.
std::vector<std::string> imt_units(const job::Job& job);

}  // namespace shakefield::calc
