// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/field/reducer.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Something that a run makes of all fields while they exist, whether they are stored or not. All
/// ranks have one; its numbers do not depend on ranks, tiles, batches or restarts. `file` is null
/// on all ranks but root. All but reducer() is collective, and throws the same error on all ranks.
class Reduction {
 public:
  virtual ~Reduction() = default;
  /// Sees all fields of this rank.
  virtual field::Reducer& reducer() = 0;
  /// The fields of all events before this one are made, on all ranks.
  virtual void end_batch(std::uint64_t next_event) = 0;
  /// Writes what is needed to go on into /progress, in place of what the last commit wrote there.
  virtual void commit(store::File* file) = 0;
  /// Takes up what commit() wrote, on any number of ranks. `own_sites` (ascending) are sites of
  /// exactly one rank.
  virtual void restore(const store::File* file, std::span<const std::uint32_t> own_sites) = 0;
  /// Writes the results.
  virtual void write(store::File* file) = 0;
};

/// What the job asks for, before the event `first_event`. Communicator and job must live as long.
std::vector<std::unique_ptr<Reduction>> make_reductions(const comm::Communicator& comm,
                                                        const job::Job& job,
                                                        std::uint64_t first_event);

/// What the reductions of a job take, in bytes, about: of a rank that has so many sites, and of the
/// file.
double memory_of_reductions(const job::Job& job, double own_sites);
double file_bytes_of_reductions(const job::Job& job, double events);

}  // namespace shakefield::calc
