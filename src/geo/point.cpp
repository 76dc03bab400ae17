// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/point.hpp"

#include <algorithm>
#include <cmath>

#include "shakefield/core/units.hpp"

namespace shakefield::geo {

namespace {

constexpr std::size_t column_multiple = 16;

void pad(std::vector<double>& column, std::size_t size, std::size_t padded) {
  if (column.size() != padded) column.resize(padded, column[size - 1]);
}

}  // namespace

Vec3 to_cartesian(const Point& p) {
  const double radius = core::earth_radius_km - p.depth_km;
  const double lon = core::to_radians(p.lon_deg), lat = core::to_radians(p.lat_deg);
  const double in_plane = radius * std::cos(lat);
  return {in_plane * std::cos(lon), in_plane * std::sin(lon), radius * std::sin(lat)};
}

Point to_geographic(const Vec3& v) {
  const double in_plane = std::hypot(v.x, v.y);
  return {core::to_degrees(std::atan2(v.y, v.x)), core::to_degrees(std::atan2(v.z, in_plane)),
          core::earth_radius_km - std::hypot(in_plane, v.z)};
}

double arc_km(const Point& a, const Point& b) {
  const double sin_lat = std::sin(core::to_radians(b.lat_deg - a.lat_deg) / 2);
  const double sin_lon = std::sin(core::to_radians(b.lon_deg - a.lon_deg) / 2);
  const double haversine = sin_lat * sin_lat + std::cos(core::to_radians(a.lat_deg)) *
                                                   std::cos(core::to_radians(b.lat_deg)) * sin_lon *
                                                   sin_lon;
  return 2 * core::earth_radius_km * std::asin(std::sqrt(std::min(1.0, haversine)));
}

double distance_km(const Point& a, const Point& b) {
  const double arc = arc_km(a, b), vertical = b.depth_km - a.depth_km;
  return std::sqrt(arc * arc + vertical * vertical);
}

double chord_km(const Point& a, const Point& b) {
  const Vec3 p = to_cartesian(a), q = to_cartesian(b);
  const double dx = q.x - p.x, dy = q.y - p.y, dz = q.z - p.z;
  return std::sqrt(dx * dx + dy * dy + dz * dz);
}

double azimuth_deg(const Point& a, const Point& b) {
  const double lat_a = core::to_radians(a.lat_deg), lat_b = core::to_radians(b.lat_deg);
  const double dlon = core::to_radians(b.lon_deg - a.lon_deg), cos_b = std::cos(lat_b);
  const double east = cos_b * std::sin(dlon);
  const double north = std::cos(lat_a) * std::sin(lat_b) - std::sin(lat_a) * cos_b * std::cos(dlon);
  // The outer fmod turns the 360 that a tiny negative angle rounds to into 0.
  return std::fmod(core::to_degrees(std::atan2(east, north)) + 360.0, 360.0);
}

Point destination(const Point& from, double azimuth_deg, double distance_km, double vertical_km) {
  const double lat = core::to_radians(from.lat_deg), azimuth = core::to_radians(azimuth_deg);
  const double angle = distance_km / core::earth_radius_km;
  const double sin_lat = std::sin(lat), cos_lat = std::cos(lat);
  const double sin_angle = std::sin(angle), cos_angle = std::cos(angle);
  const double sin_new =
      std::clamp(sin_lat * cos_angle + cos_lat * sin_angle * std::cos(azimuth), -1.0, 1.0);
  const double dlon =
      std::atan2(std::sin(azimuth) * sin_angle * cos_lat, cos_angle - sin_lat * sin_new);
  return {normalized_lon(from.lon_deg + core::to_degrees(dlon)),
          core::to_degrees(std::asin(sin_new)), from.depth_km + vertical_km};
}

double normalized_lon(double lon_deg) {
  if (lon_deg >= -180 && lon_deg < 180) return lon_deg;
  const double turned = lon_deg - 360 * std::floor((lon_deg + 180) / 360);
  return turned < 180 ? turned : -180;  // a longitude a rounding error below -180 lands on 180
}

double rounded_degrees(double degrees) {
  return std::nearbyint(degrees * 1e5) / 1e5;
}

Points::Points(std::span<const Point> points) {
  const std::size_t capacity = (points.size() / column_multiple + 1) * column_multiple;
  for (auto* column : {&lon_, &lat_, &depth_, &x_, &y_, &z_}) column->reserve(capacity);
  for (const Point& p : points) push_back(p);
}

void Points::push_back(const Point& p) {
  if (lon_.size() != size_)
    for (auto* column : {&lon_, &lat_, &depth_, &x_, &y_, &z_}) column->resize(size_);
  const Vec3 v = to_cartesian(p);
  lon_.push_back(p.lon_deg);
  lat_.push_back(p.lat_deg);
  depth_.push_back(p.depth_km);
  x_.push_back(v.x);
  y_.push_back(v.y);
  z_.push_back(v.z);
  ++size_;
}

void Points::clear() {
  for (auto* column : {&lon_, &lat_, &depth_, &x_, &y_, &z_}) column->clear();
  size_ = 0;
}

PointsView Points::view() const {
  const std::size_t padded = (size_ + column_multiple - 1) / column_multiple * column_multiple;
  for (auto* column : {&lon_, &lat_, &depth_, &x_, &y_, &z_}) pad(*column, size_, padded);
  return {size_, lon_, lat_, depth_, x_, y_, z_};
}

}  // namespace shakefield::geo
