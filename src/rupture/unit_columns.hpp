// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "shakefield/core/units.hpp"
#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// Unit vectors of sites (depth taken out), as columns with the padding of the sites.
struct UnitColumns {
  std::vector<double> x, y, z;

  explicit UnitColumns(const geo::PointsView& sites)
      : x(sites.x.size()), y(sites.x.size()), z(sites.x.size()) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double scale = 1 / (core::earth_radius_km - sites.depth_km[i]);
      x[i] = scale * sites.x[i];
      y[i] = scale * sites.y[i];
      z[i] = scale * sites.z[i];
    }
  }
  std::size_t size() const { return x.size(); }
  double dot(const geo::Vec3& v, std::size_t i) const {
    return v.x * x[i] + v.y * y[i] + v.z * z[i];
  }
};

}  // namespace shakefield::rupture
