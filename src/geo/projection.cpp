// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/projection.hpp"

#include <algorithm>
#include <cmath>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/units.hpp"
#include "shakefield/geo/bounding_box.hpp"

namespace shakefield::geo {

using core::earth_radius_km;

OrthographicProjection::OrthographicProjection(const Point& centre)
    : lon0_deg_(centre.lon_deg),
      lon0_(core::to_radians(centre.lon_deg)),
      sin_lat0_(std::sin(core::to_radians(centre.lat_deg))),
      cos_lat0_(std::cos(core::to_radians(centre.lat_deg))),
      sin_lon0_(std::sin(lon0_)),
      cos_lon0_(std::cos(lon0_)) {}

OrthographicProjection OrthographicProjection::about(std::span<const Point> points) {
  return OrthographicProjection(BoundingBox::of(points).middle());
}

PlanePoint OrthographicProjection::forward(double lon_deg, double lat_deg) const {
  const double dlon = core::to_radians(lon_deg) - lon0_, lat = core::to_radians(lat_deg);
  const double sin_lat = std::sin(lat), cos_lat = std::cos(lat);
  return {earth_radius_km * cos_lat * std::sin(dlon),
          earth_radius_km * (cos_lat0_ * sin_lat - sin_lat0_ * cos_lat * std::cos(dlon))};
}

Point OrthographicProjection::inverse(const Xy& xy, double depth_km) const {
  // Snyder's c is the angle to the centre; sin c = rho / R cancels against the rho below it.
  const double x = xy.x_km / earth_radius_km, y = xy.y_km / earth_radius_km;
  const double cos_c = std::sqrt(std::max(0.0, 1 - x * x - y * y));
  const double sin_lat = std::clamp(cos_c * sin_lat0_ + y * cos_lat0_, -1.0, 1.0);
  const double dlon = std::atan2(x, cos_c * cos_lat0_ - y * sin_lat0_);
  return {normalized_lon(lon0_deg_ + core::to_degrees(dlon)), core::to_degrees(std::asin(sin_lat)),
          depth_km};
}

void OrthographicProjection::forward(std::span<const double> lon_deg,
                                     std::span<const double> lat_deg, std::span<double> x_km,
                                     std::span<double> y_km) const {
  SHAKEFIELD_EXPECT(lat_deg.size() == lon_deg.size() && x_km.size() >= lon_deg.size() &&
                    y_km.size() >= lon_deg.size());
  for (std::size_t i = 0; i < lon_deg.size(); ++i) {
    const Xy xy = forward(lon_deg[i], lat_deg[i]);
    x_km[i] = xy.x_km;
    y_km[i] = xy.y_km;
  }
}

void OrthographicProjection::forward(const PointsView& points, std::span<double> x_km,
                                     std::span<double> y_km) const {
  SHAKEFIELD_EXPECT(x_km.size() >= points.size && y_km.size() >= points.size);
  for (std::size_t i = 0; i < points.size; ++i) {
    const double to_surface = earth_radius_km / (earth_radius_km - points.depth_km[i]);
    const double outward = cos_lon0_ * points.x[i] + sin_lon0_ * points.y[i];
    x_km[i] = to_surface * (cos_lon0_ * points.y[i] - sin_lon0_ * points.x[i]);
    y_km[i] = to_surface * (cos_lat0_ * points.z[i] - sin_lat0_ * outward);
  }
}

}  // namespace shakefield::geo
