// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/projected_polygon.hpp"

#include <fmt/format.h>

#include <algorithm>
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
    const int parts = static_cast<int>(turn * parts_a_radian + 0.5);
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
  for (std::size_t i = 0; i < ring_.size(); ++i) {
    const PlanePoint& from = ring_[i];
    const PlanePoint& to = ring_[(i + 1) % ring_.size()];
    const double dx = to.x_km - from.x_km, dy = to.y_km - from.y_km;
    const double length2 = dx * dx + dy * dy;
    x_.push_back(from.x_km);
    y_.push_back(from.y_km);
    dx_.push_back(dx);
    dy_.push_back(dy);
    inverse_length2_.push_back(length2 > 0 ? 1 / length2 : 0);
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

bool ProjectedPolygon::contains(const PlanePoint& p) const {
  // Winding number: upward edges to the right of the point less downward ones (Sunday 2001).
  int winding = 0;
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const double above_start = p.y_km - y_[i], above_end = above_start - dy_[i];
    const double left = dx_[i] * above_start - dy_[i] * (p.x_km - x_[i]);
    winding += (above_start >= 0) & (above_end < 0) & (left > 0);
    winding -= (above_start < 0) & (above_end >= 0) & (left < 0);
  }
  return winding != 0;
}

double ProjectedPolygon::distance_km(const PlanePoint& p) const {
  if (contains(p)) return 0;
  double nearest2 = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const double px = p.x_km - x_[i], py = p.y_km - y_[i];
    const double along =
        std::min(std::max((px * dx_[i] + py * dy_[i]) * inverse_length2_[i], 0.0), 1.0);
    const double ex = px - along * dx_[i], ey = py - along * dy_[i];
    nearest2 = std::min(nearest2, ex * ex + ey * ey);
  }
  return std::sqrt(nearest2);
}

void ProjectedPolygon::distances_km(std::span<const double> x_km, std::span<const double> y_km,
                                    std::span<double> out_km) const {
  SHAKEFIELD_EXPECT(y_km.size() == x_km.size() && out_km.size() >= x_km.size());
  for (std::size_t i = 0; i < x_km.size(); ++i) out_km[i] = distance_km({x_km[i], y_km[i]});
}

}  // namespace shakefield::geo
