// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "model_base.hpp"

namespace shakefield::gmm {

/// Signed distance in km of sites from a line of points on the earth's surface, positive to its
/// right: the form found from values of the OpenQuake engine 3.26.2. Beside a segment it is the
/// arc at a right angle to it; the first and the last one go on for ever; elsewhere it is the chord
/// to the nearest point of the line.
template <std::size_t Points>
class SignedDistance {
 public:
  struct Point {
    double lon_deg, lat_deg;
  };
  explicit SignedDistance(const std::array<Point, Points>& line) {
    for (std::size_t i = 0; i + 1 < Points; ++i) {
      const Vector a = unit(line[i]), b = unit(line[i + 1]);
      const double cos_length = dot(a, b), sin_length = std::sqrt(1 - square(cos_length));
      segments_[i] = {.start = a,
                      .end = b,
                      .right = scaled(cross(b, a), 1 / sin_length),
                      .forward = plus(b, scaled(a, -cos_length)),
                      .backward = plus(a, scaled(b, -cos_length))};
    }
  }

  Real operator()(Real lon_deg, Real lat_deg) const {
    const Real lon = lon_deg * degree, lat = lat_deg * degree, level = cos(lat);
    const Site site{level * cos(lon), level * sin(lon), sin(lat)};
    Real nearest = 1e9, signed_distance = 0.0;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      const Segment& s = segments_[i];
      const Real sine = dot(site, s.right);
      const Real across = atan(sine / sqrt(1.0 - square(sine)));
      Mask beside = Real(0.0) <= 0.0;
      if (i > 0) beside = beside && dot(site, s.forward) >= 0.0;
      if (i + 1 < segments_.size()) beside = beside && dot(site, s.backward) >= 0.0;
      // chord² = 2 (1 - cos)
      const Real cosine = max(dot(site, s.start), dot(site, s.end));
      const Real distance = select(beside, abs(across), sqrt(max(2.0 - 2.0 * cosine, 0.0)));
      const Mask nearer = distance < nearest;
      nearest = select(nearer, distance, nearest);
      signed_distance = select(nearer, select(across < 0.0, -distance, distance), signed_distance);
    }
    return earth_radius_km * signed_distance;
  }

 private:
  static constexpr double degree = std::numbers::pi / 180;
  static constexpr double earth_radius_km = 6371.0;

  struct Vector {
    double x, y, z;
  };
  struct Site {
    Real x, y, z;
  };
  struct Segment {
    Vector start, end;
    Vector right;              // unit vector at a right angle to both ends
    Vector forward, backward;  // along the segment at its start and, reversed, at its end
  };

  static Vector unit(const Point& p) {
    const double lon = p.lon_deg * degree, lat = p.lat_deg * degree;
    return {cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
  }
  static double dot(const Vector& a, const Vector& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
  static Real dot(const Site& a, const Vector& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
  static Vector cross(const Vector& a, const Vector& b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
  }
  static Vector scaled(const Vector& a, double factor) {
    return {factor * a.x, factor * a.y, factor * a.z};
  }
  static Vector plus(const Vector& a, const Vector& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }

  std::array<Segment, Points - 1> segments_;
};

}  // namespace shakefield::gmm
