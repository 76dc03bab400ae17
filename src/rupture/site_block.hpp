// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "shakefield/core/units.hpp"
#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// Sites are worked on in blocks of this many lanes: the padding of geo::PointsView.
inline constexpr std::size_t lanes = 16;
using Lanes = std::array<double, lanes>;

/// Unit vectors of a block of sites (depth taken out).
struct UnitBlock {
  Lanes x, y, z;

  UnitBlock(const geo::PointsView& sites, std::size_t first) {
    for (std::size_t j = 0; j < lanes; ++j) {
      const double scale = 1 / (core::earth_radius_km - sites.depth_km[first + j]);
      x[j] = scale * sites.x[first + j];
      y[j] = scale * sites.y[first + j];
      z[j] = scale * sites.z[first + j];
    }
  }
  double dot(const geo::Vec3& v, std::size_t j) const {
    return v.x * x[j] + v.y * y[j] + v.z * z[j];
  }
};

}  // namespace shakefield::rupture
