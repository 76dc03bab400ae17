// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "footprint.hpp"

#include <vector>

namespace shakefield::rupture {

namespace {

geo::ProjectedPolygon enclose(const std::vector<geo::PlanePoint>& nodes, std::size_t rows,
                              std::size_t cols) {
  if (rows == 1 || cols == 1) return geo::ProjectedPolygon::convex_hull(nodes);
  std::vector<geo::PlanePoint> rim;
  const auto add = [&](std::size_t row, std::size_t col) {
    rim.push_back(nodes[row * cols + col]);
  };
  for (std::size_t col = 0; col + 1 < cols; ++col) add(0, col);
  for (std::size_t row = 0; row + 1 < rows; ++row) add(row, cols - 1);
  for (std::size_t col = cols - 1; col > 0; --col) add(rows - 1, col);
  for (std::size_t row = rows - 1; row > 0; --row) add(row, 0);
  return geo::ProjectedPolygon(std::move(rim));
}

std::vector<geo::PlanePoint> projected(const geo::OrthographicProjection& projection,
                                       std::span<const geo::Point> nodes) {
  std::vector<geo::PlanePoint> plane;
  plane.reserve(nodes.size());
  for (const geo::Point& p : nodes) plane.push_back(projection.forward(p.lon_deg, p.lat_deg));
  return plane;
}

}  // namespace

Footprint::Footprint(std::span<const geo::Point> nodes, std::size_t rows, std::size_t cols)
    : projection_(geo::OrthographicProjection::about(nodes)),
      polygon_(enclose(projected(projection_, nodes), rows, cols)) {}

}  // namespace shakefield::rupture
