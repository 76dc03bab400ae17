// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "top_edge.hpp"

#include <algorithm>
#include <cmath>

#include "unit_columns.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {

using geo::Vec3;

TopEdge::TopEdge(std::span<const geo::Point> nodes) : first_(nodes.front()), last_(nodes.back()) {
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
    Segment segment;
    segment.start = up(nodes[i]);
    segment.end = up(nodes[i + 1]);
    segment.right = unit(cross(segment.end, segment.start));
    segment.forward_start = cross(segment.start, segment.right);
    segment.forward_end = cross(segment.end, segment.right);
    segments_.push_back(segment);
  }
}

void TopEdge::fill_r_x(const geo::PointsView& sites, std::span<double> out) const {
  const UnitColumns site(sites);
  // Squared sine of the angle to the nearest segment so far, and the side of it.
  std::vector<double> nearest2(site.size(), 2), side(site.size());
  for (std::size_t k = 0; k < segments_.size(); ++k) {
    const Segment& s = segments_[k];
    const double ends_back = k == 0 ? 0 : 0.5, ends_on = k + 1 == segments_.size() ? 0 : 0.5;
    for (std::size_t i = 0; i < site.size(); ++i) {
      const double across = site.dot(s.right, i);
      const double past_start = site.dot(s.forward_start, i);
      const double past_end = site.dot(s.forward_end, i);
      // Components perpendicular to the end that the site is beyond: their squares sum to the
      // squared sine of the angle to that end. (min and max with 0, without a branch.)
      const double before = ends_back * (past_start - std::abs(past_start));
      const double beyond = ends_on * (past_end + std::abs(past_end));
      const double sine2 = across * across + before * before + beyond * beyond;
      const double nearest_yet = nearest2[i], side_yet = side[i];
      side[i] = sine2 < nearest_yet ? across : side_yet;
      nearest2[i] = sine2 < nearest_yet ? sine2 : nearest_yet;
    }
  }
  for (std::size_t i = 0; i < site.size(); ++i)
    out[i] = arc_of_sine_km(std::copysign(std::sqrt(std::min(1.0, nearest2[i])), side[i]));
}

void TopEdge::fill_r_y0(double mean_strike_deg, const geo::PointsView& sites,
                        std::span<double> out) const {
  const Vec3 at_first = right_of(first_, mean_strike_deg + 90);
  const Vec3 at_last = right_of(last_, mean_strike_deg + 90);
  const UnitColumns site(sites);
  for (std::size_t i = 0; i < site.size(); ++i)
    out[i] = arc_of_sine_km(outside_strip(site.dot(at_first, i), site.dot(at_last, i)));
}

}  // namespace shakefield::rupture
