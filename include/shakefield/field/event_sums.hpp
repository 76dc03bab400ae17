// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/field/reducer.hpp"

namespace shakefield::field {

/// Sums of the values of consecutive events over the sites of a rank, in units of 2^-24: integers,
/// so they do not depend on how sites are dealt. Values above 2^20 count as that. Local.
class EventSums final : public Reducer {
 public:
  explicit EventSums(std::size_t num_imts, std::uint64_t first_event = 0)
      : num_imts_(num_imts), first_event_(first_event) {}

  std::uint64_t first_event() const { return first_event_; }
  void add(const FieldValues& values) override;
  /// [first_event, next_event)[M], 0 for events that reach no site of the rank.
  std::span<std::int64_t> sums(std::uint64_t next_event);
  /// Forgets the events before it.
  void restart(std::uint64_t first_event);

 private:
  std::size_t num_imts_;
  std::uint64_t first_event_;
  std::vector<std::int64_t> sums_;  ///< [events][M]
};

}  // namespace shakefield::field
