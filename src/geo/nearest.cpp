// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/nearest.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <cmath>
#include <utility>

#include "shakefield/core/contract.hpp"

namespace shakefield::geo {

namespace {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;
using BoostPoint = bg::model::point<double, 3, bg::cs::cartesian>;
using Box = bg::model::box<BoostPoint>;
using Entry = std::pair<BoostPoint, std::size_t>;

double chord(const BoostPoint& p, const Vec3& v) {
  const double dx = p.get<0>() - v.x, dy = p.get<1>() - v.y, dz = p.get<2>() - v.z;
  return std::sqrt(dx * dx + dy * dy + dz * dz);
}

Box cube(const Vec3& centre, double half_side) {
  return {{centre.x - half_side, centre.y - half_side, centre.z - half_side},
          {centre.x + half_side, centre.y + half_side, centre.z + half_side}};
}

std::vector<Vec3> to_cartesian(std::span<const Point> points) {
  std::vector<Vec3> vectors;
  vectors.reserve(points.size());
  for (const Point& p : points) vectors.push_back(geo::to_cartesian(p));
  return vectors;
}

std::vector<Entry> entries(std::span<const Vec3> centres) {
  std::vector<Entry> all;
  all.reserve(centres.size());
  for (const Vec3& v : centres) all.emplace_back(BoostPoint(v.x, v.y, v.z), all.size());
  return all;
}

}  // namespace

struct NearestIndex::Impl {
  std::vector<double> radii_km;  ///< empty for points
  double largest_radius_km;
  bgi::rtree<Entry, bgi::rstar<16>> tree;

  Impl(std::span<const Vec3> centres, std::span<const double> radii)
      : radii_km(radii.begin(), radii.end()),
        largest_radius_km(radii.empty() ? 0 : std::ranges::max(radii)),
        tree(entries(centres)) {}

  /// Calls found(index, distance) for every centre within the distance.
  template <class Found>
  void for_each_within(const Vec3& from, double distance_km, Found found) const {
    for (auto it = tree.qbegin(bgi::intersects(cube(from, distance_km))); it != tree.qend(); ++it)
      if (const double distance = chord(it->first, from); distance <= distance_km)
        found(it->second, distance);
  }
};

NearestIndex::NearestIndex(std::span<const Point> points)
    : impl_(std::make_unique<Impl>(to_cartesian(points), std::span<const double>())) {}

NearestIndex::NearestIndex(std::span<const Vec3> centres, std::span<const double> radii_km)
    : impl_(std::make_unique<Impl>(centres, radii_km)) {
  SHAKEFIELD_EXPECT(centres.size() == radii_km.size());
}

NearestIndex::NearestIndex(NearestIndex&&) noexcept = default;
NearestIndex& NearestIndex::operator=(NearestIndex&&) noexcept = default;
NearestIndex::~NearestIndex() = default;

std::size_t NearestIndex::size() const {
  return impl_->tree.size();
}

std::optional<NearestIndex::Match> NearestIndex::nearest(const Vec3& from, double max_km) const {
  const auto found = impl_->tree.qbegin(bgi::nearest(BoostPoint(from.x, from.y, from.z), 1));
  if (found == impl_->tree.qend()) return std::nullopt;
  Match best{found->second, chord(found->first, from)};
  if (best.distance_km > max_km) return std::nullopt;
  // Which of several equally near ones the tree meets first depends on its shape.
  impl_->for_each_within(from, best.distance_km, [&](std::size_t index, double distance) {
    if (std::pair(distance, index) < std::pair(best.distance_km, best.index))
      best = {index, distance};
  });
  return best;
}

std::vector<std::size_t> NearestIndex::within(const Vec3& from, double radius_km) const {
  std::vector<std::size_t> found;
  const auto& radii = impl_->radii_km;
  impl_->for_each_within(from, radius_km + impl_->largest_radius_km,
                         [&](std::size_t index, double distance) {
                           if (radii.empty() || distance <= radius_km + radii[index])
                             found.push_back(index);
                         });
  std::ranges::sort(found);
  return found;
}

}  // namespace shakefield::geo
