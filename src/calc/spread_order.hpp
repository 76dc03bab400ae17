// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

namespace shakefield::calc {

/// The numbers below `count` in an order in which any beginning is spread evenly over all of them:
/// multiples of the golden ratio.
inline std::vector<std::uint32_t> spread_order(std::size_t count) {
  constexpr double golden_ratio = 0.6180339887498949;
  std::vector<std::uint32_t> ascending(count), order(count);
  std::iota(ascending.begin(), ascending.end(), 0U);
  std::ranges::sort(ascending, {}, [](std::uint32_t i) { return std::fmod(i * golden_ratio, 1); });
  for (std::uint32_t place = 0; place < count; ++place) order[ascending[place]] = place;
  return order;
}

}  // namespace shakefield::calc
