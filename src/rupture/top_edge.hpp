// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// The top edge of a meshed surface as great-circle segments on the ground.
class TopEdge {
 public:
  /// At least 2 nodes along strike.
  explicit TopEdge(std::span<const geo::Point> nodes);

  /// Distance to the nearest segment, the first one extended backwards and the last one forwards
  /// without end; positive to the right. [N], km
  void fill_r_x(const geo::PointsView& sites, std::span<double> out) const;
  /// Distance beyond the nearer one of the great circles across the mean strike through both ends,
  /// 0 between them. [N], km
  void fill_r_y0(double mean_strike_deg, const geo::PointsView& sites, std::span<double> out) const;

 private:
  struct Segment {
    geo::Vec3 start, end;     ///< unit vectors
    geo::Vec3 right;          ///< normal of the great circle, to the right
    geo::Vec3 forward_start;  ///< direction of the segment at its start
    geo::Vec3 forward_end;    ///< and at its end
  };
  geo::Point first_, last_;
  std::vector<Segment> segments_;
};

}  // namespace shakefield::rupture
