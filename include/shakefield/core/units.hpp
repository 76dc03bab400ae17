// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <numbers>

namespace shakefield::core {

/// Mean radius of the Earth in km, as the peer takes it (IUGG mean radius rounded; definitions: R =
/// 6371).
inline constexpr double earth_radius_km = 6371.0;

inline constexpr double pi = std::numbers::pi;
inline constexpr double degrees_per_radian = 180.0 / pi;

constexpr double to_radians(double degrees) {
  return degrees / degrees_per_radian;
}
constexpr double to_degrees(double radians) {
  return radians * degrees_per_radian;
}

}  // namespace shakefield::core
