// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shakefield/geo/bounding_box.hpp"
#include "shakefield/geo/point.hpp"
#include "shakefield/geo/projected_polygon.hpp"
#include "shakefield/geo/projection.hpp"

namespace shakefield::geo {

/// Polygon on the sphere by its vertices; edges are great circles. Depths are kept but mean
/// nothing.
class Polygon {
 public:
  /// Vertices in either sense; repeated neighbours and a closing vertex are dropped. Throws
  /// Error{data} below 3 vertices or if the polygon crosses itself, Error{unsupported} if it holds
  /// a pole.
  explicit Polygon(std::vector<Point> vertices);

  const std::vector<Point>& vertices() const { return vertices_; }
  /// Of its vertices and the points between them on edges of 100 km and more, which get int(length
  /// / 100 km) equal parts.
  const BoundingBox& box() const { return box_; }
  /// About the middle of the box.
  const OrthographicProjection& projection() const { return projection_; }
  /// Its ring in that plane, with the points that the box has.
  const ProjectedPolygon& outline() const { return outline_; }

 private:
  std::vector<Point> vertices_;
  BoundingBox box_;
  OrthographicProjection projection_;
  ProjectedPolygon outline_;
};

/// Grid of sites of a region, as the peer walks it (docs/definitions, "region grid"): dilated by
/// one spacing (km, > 0), kept if strictly inside, sorted by (lon, lat), rounded to 5 decimals. May
/// be empty.
std::vector<Point> region_grid(const Polygon& region, double spacing_km);
/// Points of an area source: the same walk without dilation, in walk order (rows north to south,
/// west to east), not rounded. spacing_km > 0. May be empty. Throws Error{data} for more than 1e7
/// points, by an estimate.
std::vector<Point> discretize(const Polygon& area, double spacing_km);

}  // namespace shakefield::geo
