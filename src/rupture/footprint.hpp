// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "shakefield/geo/point.hpp"
#include "shakefield/geo/projected_polygon.hpp"

namespace shakefield::rupture {

/// The polygon that encloses the nodes of a mesh on the ground: its rim, or the convex hull of
/// nodes in one row or column. In an orthographic plane about the nodes' bounding box.
class Footprint {
 public:
  /// nodes: row by row, rows x cols; NaN where a kite has none.
  Footprint(std::span<const geo::Point> nodes, std::size_t rows, std::size_t cols);

  /// Distance on the ground in km, 0 inside.
  double distance_km(double lon_deg, double lat_deg) const {
    return polygon_.distance_km(projection_.forward(lon_deg, lat_deg));
  }

 private:
  geo::OrthographicProjection projection_;
  geo::ProjectedPolygon polygon_;
};

}  // namespace shakefield::rupture
