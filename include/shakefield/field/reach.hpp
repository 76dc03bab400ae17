// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shakefield/geo/point.hpp"

namespace shakefield::field {

/// maximum_distance in all its forms: a list of (magnitude, km), linear between, 0 outside the
/// list; by tectonic region with a default. A plain number holds for magnitudes 2.5 to 10.2
/// (docs/definitions/sources.md, section 2).
class Reach {
 public:
  using Curve = std::vector<std::pair<double, double>>;  ///< (magnitude, km), ascending magnitudes

  explicit Reach(double km = 1000);
  Reach(Curve fallback, std::map<std::string, Curve> by_region);
  /// "magdist" = (3, 0) (6, 150) (10, 600).
  static Curve magdist();
  static Curve constant(double km);

  /// Sites farther than this from the rupture (r_rup, km) get no values.
  double km(const std::string& tectonic_region, double mag) const;
  /// The largest distance of any region and magnitude.
  double largest() const;

 private:
  Curve fallback_;
  std::map<std::string, Curve> by_region_;
};

/// Places by their straight distance from a centre: farther than `beyond_km`, at most `within_km`.
/// The default is everywhere.
struct Zone {
  geo::Vec3 centre;  ///< Cartesian, km
  double beyond_km = -1;
  double within_km = std::numeric_limits<double>::infinity();

  bool is_everywhere() const { return beyond_km < 0 && std::isinf(within_km); }
  bool contains(const geo::Vec3& place) const {
    const double km = std::hypot(place.x - centre.x, place.y - centre.y, place.z - centre.z);
    return km > beyond_km && km <= within_km;
  }
};

}  // namespace shakefield::field
