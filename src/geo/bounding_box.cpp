// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/bounding_box.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "shakefield/core/contract.hpp"

namespace shakefield::geo {

namespace {

/// West and unwrapped east of longitudes that span more than half of the globe when taken as they
/// are.
std::pair<double, double> outside_widest_gap(std::vector<double> lons) {
  std::sort(lons.begin(), lons.end());
  double gap = lons.front() + 360 - lons.back();
  double west = lons.front(), east = lons.back();
  for (std::size_t i = 1; i < lons.size(); ++i)
    if (lons[i] - lons[i - 1] > gap) {
      gap = lons[i] - lons[i - 1];
      west = lons[i];
      east = lons[i - 1] + 360;
    }
  return {west, east};
}

}  // namespace

BoundingBox BoundingBox::of(std::span<const Point> points) {
  SHAKEFIELD_EXPECT(!points.empty());
  std::vector<double> lons;
  lons.reserve(points.size());
  for (const Point& p : points) lons.push_back(normalized_lon(p.lon_deg));
  const auto [south, north] = std::ranges::minmax_element(points, {}, &Point::lat_deg);
  const auto [low, high] = std::ranges::minmax_element(lons);
  BoundingBox box{*low, *high, south->lat_deg, north->lat_deg};
  if (box.east_deg - box.west_deg > 180)
    std::tie(box.west_deg, box.east_deg) = outside_widest_gap(std::move(lons));
  return box;
}

Point BoundingBox::middle() const {
  const Vec3 a = to_cartesian({west_deg, north_deg, 0}), b = to_cartesian({east_deg, south_deg, 0});
  const Point middle = to_geographic({a.x + b.x, a.y + b.y, a.z + b.z});
  return {middle.lon_deg, middle.lat_deg, 0};
}

double BoundingBox::unwrapped(double lon_deg) const {
  const double lon = normalized_lon(lon_deg);
  return lon < west_deg ? lon + 360 : lon;
}

}  // namespace shakefield::geo
