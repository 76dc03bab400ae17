// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "shakefield/geo/projection.hpp"

namespace shakefield::geo {

/// A ring in a projected plane, km. Inside is what the ring winds around (in either sense, so that
/// a ring which overlaps itself holds all that it encloses); a ring without area is its own line.
class ProjectedPolygon {
 public:
  /// By its vertices in order (not closed, at least one). The order may be of either sense.
  explicit ProjectedPolygon(std::vector<PlanePoint> ring);
  /// Convex hull of at least one point.
  static ProjectedPolygon convex_hull(std::span<const PlanePoint> points);

  const std::vector<PlanePoint>& ring() const { return ring_; }
  /// Whether the ring crosses or touches itself, or has no area.
  bool crosses_itself() const;
  /// Grown by a distance > 0 km with round corners of 16 segments a quarter. The ring must not
  /// cross itself; holes that close are filled. Throws Error{numeric} if nothing is left.
  ProjectedPolygon dilated(double by_km) const;

  /// Strictly inside: points on the ring are not, up to rounding.
  bool contains(const PlanePoint& p) const;
  /// Distance to the ring in km, 0 inside.
  double distance_km(const PlanePoint& p) const;
  /// distance_km for columns. [N]
  void distances_km(std::span<const double> x_km, std::span<const double> y_km,
                    std::span<double> out_km) const;

 private:
  struct Edge {
    double x, y, dx, dy, inverse_length2;  ///< start, step, 1/length² (0 if none)

    /// The edge's share of the winding number (Sunday 2001) about a point (px, py) from its start:
    /// 1 if it passes upwards on the right of the point, -1 downwards, else 0.
    double winding(double px, double py) const;
    /// Squared distance of that point to the edge.
    double distance2(double px, double py) const;
  };
  std::vector<PlanePoint> ring_;
  std::vector<Edge> edges_;
};

}  // namespace shakefield::geo
