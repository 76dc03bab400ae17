// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/projected_polygon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/geometries.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/units.hpp"

namespace shakefield::geo {

namespace {

namespace bg = boost::geometry;
using BoostPoint = bg::model::d2::point_xy<double>;
using BoostPolygon = bg::model::polygon<BoostPoint>;

BoostPolygon to_boost(const std::vector<PlanePoint>& ring) {
  BoostPolygon polygon;
  for (const PlanePoint& p : ring) bg::append(polygon.outer(), BoostPoint(p.x_km, p.y_km));
  bg::correct(polygon);
  return polygon;
}

/// Round corners with vertices where the peer's geometry library puts them: the quarter circle has
/// 16 parts, a corner the nearest whole number of such parts, all of one size. (Boost's own
/// join_round takes the next larger number.) Meets Boost.Geometry's concept JoinStrategy.
struct NearestRoundJoin {
  static constexpr double parts_a_radian = 16 / (core::pi / 2);

  template <class Ring>
  bool apply(const BoostPoint&, const BoostPoint& vertex, const BoostPoint& from,
             const BoostPoint& to, double distance, Ring& ring) const {
    if (bg::equals(from, to)) return false;
    const double start = std::atan2(from.y() - vertex.y(), from.x() - vertex.x());
    const double end = std::atan2(to.y() - vertex.y(), to.x() - vertex.x());
    const double turn = start >= end ? start - end : start - end + 2 * core::pi;  // clockwise
    const int parts = static_cast<int>(std::lround(turn * parts_a_radian));
    ring.push_back(from);
    for (int i = 1; i < parts; ++i) {
      const double angle = start - turn * i / parts;
      ring.push_back(
          {vertex.x() + distance * std::cos(angle), vertex.y() + distance * std::sin(angle)});
    }
    ring.push_back(to);
    return true;
  }
  template <class Number>
  static Number max_distance(const Number& distance) {
    return distance;
  }
};

/// Boost's symmetric distance without its simplification of the input by distance / 1000, which
/// would cut metres off the bends that resampled great circles have.
struct UnsimplifiedDistance : bg::strategy::buffer::distance_symmetric<double> {
  using distance_symmetric::distance_symmetric;
  static double simplify_distance() { return 0; }
};

std::vector<PlanePoint> from_boost(const BoostPolygon& polygon) {
  std::vector<PlanePoint> ring;
  for (const BoostPoint& p : polygon.outer()) ring.push_back({p.x(), p.y()});
  if (ring.size() > 1) ring.pop_back();  // closed in Boost, open here
  return ring;
}

}  // namespace

ProjectedPolygon::ProjectedPolygon(std::vector<PlanePoint> ring) : ring_(std::move(ring)) {
  SHAKEFIELD_EXPECT(!ring_.empty());
  edges_.reserve(ring_.size());
  for (std::size_t i = 0; i < ring_.size(); ++i) {
    const PlanePoint& from = ring_[i];
    const PlanePoint& to = ring_[(i + 1) % ring_.size()];
    const double dx = to.x_km - from.x_km, dy = to.y_km - from.y_km;
    const double length2 = dx * dx + dy * dy;
    edges_.push_back({from.x_km, from.y_km, dx, dy, length2 > 0 ? 1 / length2 : 0});
  }
}

ProjectedPolygon ProjectedPolygon::convex_hull(std::span<const PlanePoint> points) {
  bg::model::multi_point<BoostPoint> cloud;
  for (const PlanePoint& p : points) bg::append(cloud, BoostPoint(p.x_km, p.y_km));
  BoostPolygon hull;
  bg::convex_hull(cloud, hull);
  return ProjectedPolygon(from_boost(hull));
}

bool ProjectedPolygon::crosses_itself() const {
  return !bg::is_valid(to_boost(ring_));
}

ProjectedPolygon ProjectedPolygon::dilated(double by_km) const {
  namespace strategy = bg::strategy::buffer;
  bg::model::multi_polygon<BoostPolygon> grown;
  bg::buffer(to_boost(ring_), grown, UnsimplifiedDistance(by_km), strategy::side_straight(),
             NearestRoundJoin(), strategy::end_flat(), strategy::point_circle());
  const auto largest = std::ranges::max_element(
      grown, {}, [](const BoostPolygon& part) { return bg::area(part.outer()); });
  if (largest == grown.end())
    throw core::Error(
        core::ErrorKind::numeric,
        fmt::format("polygon of {} vertices could not be grown by {} km (the result is "
                    "empty), give a simpler polygon",
                    ring_.size(), by_km));
  return ProjectedPolygon(from_boost(*largest));
}

inline double ProjectedPolygon::Edge::winding(double px, double py) const {
  const double left = dx * py - dy * px;
  const double crossing =
      (py >= 0 ? 1.0 : 0.0) - (py - dy >= 0 ? 1.0 : 0.0);  // 1 upwards, -1 downwards
  return crossing * left > 0 ? crossing : 0;
}

inline double ProjectedPolygon::Edge::distance2(double px, double py) const {
  const double position = (px * dx + py * dy) * inverse_length2;
  const double along = std::min(std::max(position, 0.0), 1.0);
  const double ex = px - along * dx, ey = py - along * dy;
  return ex * ex + ey * ey;
}

bool ProjectedPolygon::contains(const PlanePoint& p) const {
  double winding = 0;
  bool on_ring = false;
  for (const Edge& edge : edges_) {
    const double px = p.x_km - edge.x, py = p.y_km - edge.y;
    winding += edge.winding(px, py);
    on_ring |= edge.distance2(px, py) == 0;
  }
  return winding != 0 && !on_ring;
}

double ProjectedPolygon::distance_km(const PlanePoint& p) const {
  double distance = 0;
  distances_km({&p.x_km, 1}, {&p.y_km, 1}, {&distance, 1});
  return distance;
}

void ProjectedPolygon::distances_km(std::span<const double> x_km, std::span<const double> y_km,
                                    std::span<double> out_km) const {
  SHAKEFIELD_EXPECT(y_km.size() == x_km.size() && out_km.size() >= x_km.size());
  // Points in the inner loop, in blocks that stay in registers and cache: this vectorises, edges
  // would not.
  constexpr std::size_t block = 64;
  std::array<double, block> nearest2, winding;
  for (std::size_t first = 0; first < x_km.size(); first += block) {
    const std::size_t n = std::min(block, x_km.size() - first);
    const double* x = x_km.data() + first;
    const double* y = y_km.data() + first;
    nearest2.fill(std::numeric_limits<double>::infinity());
    winding.fill(0);
    for (const Edge edge : edges_)
      for (std::size_t i = 0; i < n; ++i) {
        const double px = x[i] - edge.x, py = y[i] - edge.y;
        const double distance2 = edge.distance2(px, py);
        nearest2[i] = std::min(nearest2[i], distance2);
        winding[i] += edge.winding(px, py);
      }
    for (std::size_t i = 0; i < n; ++i)
      out_km[first + i] = winding[i] != 0 ? 0 : std::sqrt(nearest2[i]);
  }
}

}  // namespace shakefield::geo
