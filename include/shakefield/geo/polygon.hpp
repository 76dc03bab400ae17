// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/geo/point.hpp"

namespace shakefield::geo {

/// Orthographic projection about a centre point (km east, km north). Snyder (1987), USGS PP 1395, p. 145.
class OrthographicProjection {
 public:
  explicit OrthographicProjection(const Point& centre);
  /// About the middle of the spherical bounding box of the points, as the peer does.
  static OrthographicProjection about(std::span<const Point> points);

  struct Xy {
    double x_km = 0, y_km = 0;
  };
  Xy forward(double lon_deg, double lat_deg) const;
  Point inverse(const Xy& xy, double depth_km = 0) const;
  /// forward for whole columns (vectorised). [N]
  void forward(std::span<const double> lon_deg, std::span<const double> lat_deg, std::span<double> x_km,
               std::span<double> y_km) const;

 private:
  double lon0_, lat0_, sin0_, cos0_;
};

/// Polygon on the sphere by its vertices (not closed). Throws Error{data} below 3 vertices or if it crosses itself.
class Polygon {
 public:
  explicit Polygon(std::vector<Point> vertices);
  const std::vector<Point>& vertices() const { return vertices_; }

 private:
  std::vector<Point> vertices_;
};

/// Grid of sites of a region, as the peer walks it (definitions.md, "region grid"): dilated by one spacing, kept
/// if strictly inside, sorted by (lon, lat), rounded to 5 decimals.
std::vector<Point> region_grid(const Polygon& region, double spacing_km);
/// Points of an area source: the same walk without dilation, in walk order (rows north to south, west to east), not rounded.
std::vector<Point> discretize(const Polygon& area, double spacing_km);

}  // namespace shakefield::geo
