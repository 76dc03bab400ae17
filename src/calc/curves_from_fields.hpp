// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/field/exceedance_counts.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Hazard curves from fields: counts how often levels are reached while the fields exist, and makes
/// curves, their Monte-Carlo errors, statistics, maps and spectra of the counts. A rank holds the
/// counts of the sites that it has had, whoever has them later.
class CurvesFromFields {
 public:
  CurvesFromFields(const comm::Communicator& comm, const job::Job& job);

  /// Sees all fields of this rank.
  field::Reducer& counter() { return counts_; }

  /// Writes the counts of all ranks so far into /progress/exceedances, in place of those of the
  /// last commit, a block of sites at a time. `file` is null on all ranks but root. Throws the same
  /// error on all ranks. Collective.
  void commit(store::File* file) const;
  /// Takes up what commit() wrote, on any number of ranks: each those of its own sites, which are
  /// sites of exactly one rank. Collective, as above.
  void restore(const store::File* file, std::span<const std::uint32_t> own_sites);
  /// Makes the results and writes /hazard. Collective, as above.
  void write(store::File* file) const;

 private:
  /// Counts of sites [first, last): this rank's share of these sites, with those of all ranks.
  field::ExceedanceCounts exchange(std::uint32_t first, std::uint32_t last) const;
  field::ExceedanceCounts no_counts() const;

  const comm::Communicator& comm_;
  const job::Job& job_;
  field::ExceedanceCounts counts_;
};

}  // namespace shakefield::calc
