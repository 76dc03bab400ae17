// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "top_edge.hpp"

#include <algorithm>
#include <cmath>

#include "site_block.hpp"
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
  for (std::size_t first = 0; first < sites.size; first += lanes) {
    const UnitBlock site(sites, first);
    Lanes nearest2,
        signed_sine;  // squared sine of the angle to the nearest segment, and with its sign
    nearest2.fill(2);
    for (std::size_t k = 0; k < segments_.size(); ++k) {
      const Segment& s = segments_[k];
      const bool extended_back = k == 0, extended_on = k + 1 == segments_.size();
      for (std::size_t j = 0; j < lanes; ++j) {
        const double across = site.dot(s.right, j);
        const double past_start = site.dot(s.forward_start, j);
        const double past_end = site.dot(s.forward_end, j);
        // The legs of a right spherical triangle, seen from the end that the site is beyond: the
        // squared sine of its hypotenuse is the sum of squared components perpendicular to that
        // end.
        const double before = extended_back ? 0.0 : std::min(past_start, 0.0);
        const double beyond = extended_on ? 0.0 : std::max(past_end, 0.0);
        const double sine2 = across * across + before * before + beyond * beyond;
        const bool closer = sine2 < nearest2[j];
        nearest2[j] = closer ? sine2 : nearest2[j];
        signed_sine[j] = closer ? std::copysign(std::sqrt(sine2), across) : signed_sine[j];
      }
    }
    for (std::size_t j = 0; j < lanes; ++j)
      out[first + j] = arc_of_sine_km(std::clamp(signed_sine[j], -1.0, 1.0));
  }
}

void TopEdge::fill_r_y0(double mean_strike_deg, const geo::PointsView& sites,
                        std::span<double> out) const {
  const Vec3 at_first = right_of(first_, mean_strike_deg + 90);
  const Vec3 at_last = right_of(last_, mean_strike_deg + 90);
  for (std::size_t first = 0; first < sites.size; first += lanes) {
    const UnitBlock site(sites, first);
    for (std::size_t j = 0; j < lanes; ++j) {
      const double a = site.dot(at_first, j), b = site.dot(at_last, j);
      const double nearest = std::min(std::abs(a), std::abs(b));
      out[first + j] = a * b > 0 ? arc_of_sine_km(nearest) : 0.0;
    }
  }
}

}  // namespace shakefield::rupture
