// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/event_sums.hpp"

#include <algorithm>

#include "shakefield/field/fixed_point.hpp"

namespace shakefield::field {

void EventSums::add(const FieldValues& v) {
  constexpr float largest = 0x1p20f;
  const std::size_t first = (v.event - first_event_) * num_imts_;
  if (sums_.size() < first + num_imts_) sums_.resize(first + num_imts_);
  for (std::size_t m = 0; m < num_imts_; ++m) {
    std::int64_t sum = 0;
    for (const float value : v.values.subspan(m * v.stride, v.sites.size()))
      sum += to_fixed_point(std::min(value, largest));
    sums_[first + m] += sum;
  }
}

std::span<std::int64_t> EventSums::sums(std::uint64_t next_event) {
  sums_.resize((next_event - first_event_) * num_imts_);
  return sums_;
}

void EventSums::restart(std::uint64_t first_event) {
  first_event_ = first_event;
  sums_.clear();
}

}  // namespace shakefield::field
