// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

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

}  // namespace shakefield::field
