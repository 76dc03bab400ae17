// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "shakefield/geo/point.hpp"

namespace shakefield::geo {

/// Points, or spheres, sorted into an R-tree by their Cartesian coordinates (km), so that the date
/// line and the poles need no care. Distances are straight lines (chords). Immutable; queries are
/// safe from several threads.
class NearestIndex {
 public:
  struct Match {
    std::size_t index = 0;   ///< position in what the index was built from
    double distance_km = 0;  ///< chord
  };

  explicit NearestIndex(std::span<const Point> points);
  /// Spheres by centre and radius (km, >= 0). [N]
  NearestIndex(std::span<const Vec3> centres, std::span<const double> radii_km);
  NearestIndex(NearestIndex&&) noexcept;
  NearestIndex& operator=(NearestIndex&&) noexcept;
  ~NearestIndex();

  std::size_t size() const;
  /// The point that is nearest (of spheres: the nearest centre), the first one if several are; none
  /// if all are farther than max_km.
  std::optional<Match> nearest(const Vec3& from,
                               double max_km = std::numeric_limits<double>::infinity()) const;
  /// All that come within radius_km of `from` (points: distance <= radius_km; spheres: touch or
  /// overlap), ascending.
  std::vector<std::size_t> within(const Vec3& from, double radius_km) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::geo
