// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "footprint.hpp"

#include <cmath>
#include <utility>
#include <vector>

namespace shakefield::rupture {

namespace {

/// Nodes of a mesh in a plane; those that are missing have NaN.
struct PlaneMesh {
  std::size_t rows, cols;
  std::vector<geo::PlanePoint> nodes;

  bool has(std::size_t row, std::size_t col) const {
    return !std::isnan(nodes[row * cols + col].x_km);
  }
  bool is_empty(std::size_t col) const {
    for (std::size_t row = 0; row < rows; ++row)
      if (has(row, col)) return false;
    return true;
  }
  /// First and last row that a column has.
  std::size_t top(std::size_t col) const {
    std::size_t row = 0;
    while (!has(row, col)) ++row;
    return row;
  }
  std::size_t bottom(std::size_t col) const {
    std::size_t row = rows - 1;
    while (!has(row, col)) --row;
    return row;
  }
};

/// Along the top, down the last column, back along the bottom and up the first column.
geo::ProjectedPolygon enclose(const PlaneMesh& mesh) {
  std::vector<std::size_t> cols;
  for (std::size_t col = 0; col < mesh.cols; ++col)
    if (!mesh.is_empty(col)) cols.push_back(col);
  std::vector<geo::PlanePoint> rim;
  const auto add = [&](std::size_t row, std::size_t col) {
    if (mesh.has(row, col)) rim.push_back(mesh.nodes[row * mesh.cols + col]);
  };
  const std::size_t first = cols.front(), last = cols.back();
  for (std::size_t i = 0; i + 1 < cols.size(); ++i) add(mesh.top(cols[i]), cols[i]);
  for (std::size_t row = mesh.top(last); row < mesh.bottom(last); ++row) add(row, last);
  for (std::size_t i = cols.size() - 1; i > 0; --i) add(mesh.bottom(cols[i]), cols[i]);
  for (std::size_t row = mesh.bottom(first); row > mesh.top(first); --row) add(row, first);
  return geo::ProjectedPolygon(std::move(rim));
}

std::vector<geo::Point> without_missing(std::span<const geo::Point> nodes) {
  std::vector<geo::Point> present(nodes.begin(), nodes.end());
  std::erase_if(present, [](const geo::Point& p) { return std::isnan(p.depth_km); });
  return present;
}

geo::ProjectedPolygon enclose(const geo::OrthographicProjection& projection,
                              std::span<const geo::Point> nodes, std::size_t rows,
                              std::size_t cols) {
  PlaneMesh mesh{rows, cols, {}};
  mesh.nodes.reserve(nodes.size());
  for (const geo::Point& p : nodes) mesh.nodes.push_back(projection.forward(p.lon_deg, p.lat_deg));
  return rows == 1 || cols == 1 ? geo::ProjectedPolygon::convex_hull(mesh.nodes) : enclose(mesh);
}

}  // namespace

Footprint::Footprint(std::span<const geo::Point> nodes, std::size_t rows, std::size_t cols)
    : projection_(geo::OrthographicProjection::about(without_missing(nodes))),
      polygon_(enclose(projection_, nodes, rows, cols)) {}

}  // namespace shakefield::rupture
