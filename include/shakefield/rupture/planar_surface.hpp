// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/rupture/surface.hpp"

namespace shakefield::rupture {

/// Corners of a plane; the top edge runs along strike from left to right.
struct PlanarCorners {
  geo::Point top_left, top_right, bottom_left, bottom_right;
};

/// Corners of the rectangle of this strike, dip, length and width about its centre (on the plane,
/// at its own depth), by great circles from the centre (docs/definitions/sources.md, section 3,
/// "point"). strike [0, 360), dip (0, 90], km.
PlanarCorners corners_about(const geo::Point& centre, double strike_deg, double dip_deg,
                            double length_km, double width_km);

/// A rectangular rupture plane. r_rup is exact to the rectangle; r_jb by great-circle arcs along
/// the sides and by the corners; r_x and r_y0 from great circles through the top corners
/// (docs/definitions, "distances, planar surfaces").
class PlanarSurface final : public Surface {
 public:
  /// Corners that are known to fit, with the plane's own strike and dip (not measured from the
  /// corners).
  PlanarSurface(const PlanarCorners& corners, double strike_deg, double dip_deg, double width_km);

  /// As read from a file: strike and dip measured from the corners. Throws Error{data} if top or
  /// bottom edge are not horizontal, if the bottom is not below the top, or if the edges differ in
  /// length by more than 0.004 W L; adds a warning if a corner is off the plane by more than that.
  static PlanarSurface from_corners(const PlanarCorners& corners,
                                    core::Problems* warnings = nullptr,
                                    const core::InputPlace& place = {});

  SurfaceKind kind() const override { return SurfaceKind::planar; }
  SurfaceParameters parameters() const override;
  BoundingSphere bound() const override;
  /// Great-circle middle of the diagonal from the top left to the bottom right, mean depth.
  geo::Point middle() const override;
  void distances(const geo::PointsView& sites, DistanceSet wanted,
                 const DistanceColumns& out) const override;
  void nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const override;
  std::vector<geo::Point> nodes() const override;
  std::pair<std::size_t, std::size_t> shape() const override { return {2, 2}; }
  double area_km2() const override;
  std::vector<geo::Point> top_edge() const override {
    return {corners_.top_left, corners_.top_right};
  }

  const PlanarCorners& corners() const { return corners_; }

 private:
  /// The rectangle in space: a corner, two unit vectors and the lengths of the sides. The plane
  /// goes through the top corners and the bottom left one. Corners of a large plane that were laid
  /// out on the ground make a trapezoid in it: each side has the mean length of its two edges, as
  /// the peer takes it.
  struct Rectangle {
    geo::Vec3 origin, along, down;
    double length_km, width_km;

    explicit Rectangle(const PlanarCorners& corners);
    void fill_r_rup(const geo::PointsView& sites, std::span<double> out) const;
  };

  PlanarCorners corners_;
  Rectangle rectangle_;
  double strike_deg_, dip_deg_, width_km_;
};

}  // namespace shakefield::rupture
