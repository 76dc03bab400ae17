// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/site/curve.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "hilbert.hpp"
#include "shakefield/core/units.hpp"
#include "shakefield/geo/bounding_box.hpp"

namespace shakefield::site {

std::vector<std::uint64_t> positions_along_curve(std::span<const geo::Point> points) {
  std::vector<std::uint64_t> positions;
  if (points.empty()) return positions;
  const geo::BoundingBox box = geo::BoundingBox::of(points);
  const double lon_scale = std::cos(
      core::to_radians((box.south_deg + box.north_deg) / 2));  // square cells on the ground
  const double side =
      std::max((box.east_deg - box.west_deg) * lon_scale, box.north_deg - box.south_deg);
  constexpr std::uint32_t last_cell = (1u << hilbert_bits) - 1;
  const double cells_a_degree = side > 0 ? last_cell / side : 0;
  const auto cell = [&](double degrees) {
    return std::min(last_cell, static_cast<std::uint32_t>(std::max(0.0, degrees * cells_a_degree)));
  };
  positions.reserve(points.size());
  for (const geo::Point& p : points)
    positions.push_back(hilbert_index(cell((box.unwrapped(p.lon_deg) - box.west_deg) * lon_scale),
                                      cell(p.lat_deg - box.south_deg)));
  return positions;
}

std::vector<std::uint32_t> along_curve(std::span<const geo::Point> points) {
  const std::vector<std::uint64_t> positions = positions_along_curve(points);
  std::vector<std::uint32_t> order(points.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return positions[i]; });
  return order;
}

}  // namespace shakefield::site
