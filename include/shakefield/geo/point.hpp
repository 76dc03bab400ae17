// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace shakefield::geo {

/// A point on or in the Earth: degrees east and north, km below sea level (negative above).
struct Point {
  double lon_deg = 0;
  double lat_deg = 0;
  double depth_km = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

/// Earth-centred Cartesian coordinates in km: x to (0, 0), y to (90 E, 0), z to the north pole.
struct Vec3 {
  double x = 0, y = 0, z = 0;
};

/// On the sphere of radius 6371 km, depth subtracted from the radius.
Vec3 to_cartesian(const Point& p);
Point to_geographic(const Vec3& v);

/// Great-circle distance in km along the surface (haversine); depths ignored.
double arc_km(const Point& a, const Point& b);
/// sqrt(arc² + vertical leg²) in km, as the peer measures along edges.
double distance_km(const Point& a, const Point& b);
/// Straight line through the Earth in km.
double chord_km(const Point& a, const Point& b);
/// Azimuth from a to b in [0, 360) degrees clockwise from north.
double azimuth_deg(const Point& a, const Point& b);
/// Point reached from `from` after `distance` km along the azimuth; depth increased by
/// `vertical_km`.
Point destination(const Point& from, double azimuth_deg, double distance_km,
                  double vertical_km = 0);
/// Longitude brought into [-180, 180).
double normalized_lon(double lon_deg);
/// Degrees rounded to 5 decimals (1.1 m), halves to even, as the peer rounds sites.
double rounded_degrees(double degrees);

/// Read-only columns of N points, each column padded to a multiple of 16 entries with copies of the
/// last point, so that vector code may read whole registers.
struct PointsView {
  std::size_t size = 0;  ///< N, without the padding
  std::span<const double> lon_deg, lat_deg, depth_km;
  std::span<const double> x, y, z;  ///< to_cartesian of each point
};

/// N points as columns; owns what PointsView shows.
class Points {
 public:
  Points() = default;
  explicit Points(std::span<const Point> points);
  void push_back(const Point& p);
  void clear();
  std::size_t size() const { return size_; }
  Point operator[](std::size_t i) const { return {lon_[i], lat_[i], depth_[i]}; }
  /// Pads the columns; the view is valid until the next change.
  PointsView view() const;

 private:
  std::size_t size_ = 0;
  mutable std::vector<double> lon_, lat_, depth_, x_, y_, z_;
};

}  // namespace shakefield::geo
