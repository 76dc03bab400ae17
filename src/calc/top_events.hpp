// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reduction.hpp"
#include "shakefield/field/event_sums.hpp"

namespace shakefield::calc {

struct TopEvent {
  std::int64_t sum = 0;  ///< of the values over all sites, in units of 2^-24
  std::uint32_t id = 0;
};

/// The events with the largest mean value over all sites of the job, for each IMT; of equal ones
/// those with lower ids. A site out of reach counts as 0. Ranks bring their sums of some ten
/// thousand events to root at a time.
class TopEvents final : public Reduction {
 public:
  TopEvents(const comm::Communicator& comm, const job::Job& job, std::uint64_t first_event);

  field::Reducer& reducer() override { return sums_; }
  void end_batch(std::uint64_t next_event) override;
  void commit(store::File* file) override;
  void restore(const store::File* file, std::span<const std::uint32_t> own_sites) override;
  void write(store::File* file) override;

 private:
  void settle();

  const comm::Communicator& comm_;
  const job::Job& job_;
  field::EventSums sums_;
  std::uint64_t next_event_;
  std::vector<std::vector<TopEvent>> top_;  ///< root: [M] of the events settled, the largest first
};

}  // namespace shakefield::calc
