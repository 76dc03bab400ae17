// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

namespace shakefield::field {

/// Sums that must not depend on their order are integers in this unit.
inline constexpr double fixed_point_unit = 0x1p-24;

/// |x| < 2^39.
inline std::int64_t to_fixed_point(double x) {
  return static_cast<std::int64_t>(std::floor(x / fixed_point_unit + 0.5));
}
inline double from_fixed_point(std::int64_t x) {
  return static_cast<double>(x) * fixed_point_unit;
}

}  // namespace shakefield::field
