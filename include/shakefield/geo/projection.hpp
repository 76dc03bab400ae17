// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "shakefield/geo/point.hpp"

namespace shakefield::geo {

/// Position in a projected plane: km east and north of its centre.
struct PlanePoint {
  double x_km = 0, y_km = 0;
};

/// Orthographic projection about a centre point (km east, km north). Snyder (1987), USGS PP 1395,
/// p. 145. Only one hemisphere is shown: points more than 90 degrees from the centre fall on their
/// mirror images.
class OrthographicProjection {
 public:
  using Xy = PlanePoint;

  explicit OrthographicProjection(const Point& centre);
  /// About the middle of the bounding box of the points, as the peer does.
  static OrthographicProjection about(std::span<const Point> points);

  Xy forward(double lon_deg, double lat_deg) const;
  /// The point of the near hemisphere; |xy| at most the radius of the Earth.
  Point inverse(const Xy& xy, double depth_km = 0) const;
  /// forward for columns of degrees. [N]
  void forward(std::span<const double> lon_deg, std::span<const double> lat_deg,
               std::span<double> x_km, std::span<double> y_km) const;
  /// forward for points that carry their Cartesian coordinates: no trigonometry. [N]
  void forward(const PointsView& points, std::span<double> x_km, std::span<double> y_km) const;

 private:
  double lon0_deg_, lon0_, sin_lat0_, cos_lat0_, sin_lon0_, cos_lon0_;
};

}  // namespace shakefield::geo
