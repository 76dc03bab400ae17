// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "shakefield/geo/point.hpp"
#include "shakefield/geo/projection.hpp"

namespace shakefield::rupture {

/// Coordinates along (U) and across (T, positive to the right) several fault traces: means of those
/// of their segments, weighted with their nearness (GC2; Spudich & Chiou 2015,
/// doi:10.3133/ofr20151028). Traces that run against the mean strike are turned round.
class GeneralizedCoordinates {
 public:
  /// At least one trace of at least 2 points each.
  explicit GeneralizedCoordinates(std::vector<std::vector<geo::Point>> traces);

  /// T and the distance along U beyond the ends of the traces, km. Spans may be empty. [N]
  void fill(const geo::PointsView& sites, std::span<double> r_x, std::span<double> r_y0) const;

 private:
  struct Tu {
    double t, u;
  };
  struct Segment {
    geo::PlanePoint start;
    double east, north;  ///< unit vector along the segment
    double length, passed;
  };
  struct Trace {
    geo::OrthographicProjection projection;
    std::vector<Segment> segments;
    double shift;  ///< of its start from the origin along the mean strike
  };
  Tu at(double lon_deg, double lat_deg) const;

  std::vector<Trace> traces_;
  double u_max_ = 0;
};

}  // namespace shakefield::rupture
