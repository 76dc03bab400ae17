// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "shakefield/core/units.hpp"
#include "shakefield/geo/point.hpp"

// Vector algebra for geometry on the sphere; private to the room.
namespace shakefield::rupture {

inline geo::Vec3 operator+(const geo::Vec3& a, const geo::Vec3& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline geo::Vec3 operator-(const geo::Vec3& a, const geo::Vec3& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline geo::Vec3 operator*(double k, const geo::Vec3& a) {
  return {k * a.x, k * a.y, k * a.z};
}
inline double dot(const geo::Vec3& a, const geo::Vec3& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline geo::Vec3 cross(const geo::Vec3& a, const geo::Vec3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(const geo::Vec3& a) {
  return std::sqrt(dot(a, a));
}
inline geo::Vec3 unit(const geo::Vec3& a) {
  return 1 / norm(a) * a;
}

/// Unit vector from the centre of the Earth to the point; depth ignored.
inline geo::Vec3 up(const geo::Point& p) {
  return 1 / core::earth_radius_km * geo::to_cartesian({p.lon_deg, p.lat_deg, 0});
}

/// Horizontal unit vectors at a point.
struct Horizon {
  geo::Vec3 east, north;

  explicit Horizon(const geo::Point& p) {
    const double lon = core::to_radians(p.lon_deg), lat = core::to_radians(p.lat_deg);
    east = {-std::sin(lon), std::cos(lon), 0};
    north = {-std::sin(lat) * std::cos(lon), -std::sin(lat) * std::sin(lon), std::cos(lat)};
  }
  geo::Vec3 direction(double azimuth_deg) const {
    const double azimuth = core::to_radians(azimuth_deg);
    return std::cos(azimuth) * north + std::sin(azimuth) * east;
  }
};

/// Normal of the great circle through a point with an azimuth there: points to the right of it, so
/// that sin(signed angle to the circle) = dot(normal, site) is positive on the right.
inline geo::Vec3 right_of(const geo::Point& p, double azimuth_deg) {
  return cross(Horizon(p).direction(azimuth_deg), up(p));
}

/// Great-circle middle of two points, at their mean depth.
inline geo::Point middle_of(const geo::Point& a, const geo::Point& b) {
  geo::Point middle = geo::to_geographic(up(a) + up(b));
  middle.depth_km = (a.depth_km + b.depth_km) / 2;
  return middle;
}

/// Distance to a strip of which only the signed distances to its two sides are known: 0 between
/// them.
inline double outside_strip(double a, double b) {
  const double nearest = std::min(std::abs(a), std::abs(b));
  return a * b > 0 ? nearest : 0.0;
}

/// Angle whose sine is known, as kilometres on the ground.
inline double arc_of_sine_km(double sine) {
  return core::earth_radius_km * std::asin(sine);
}

}  // namespace shakefield::rupture
