// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nearest_node.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "site_block.hpp"

namespace shakefield::rupture {

NodeCloud::NodeCloud(const NodeColumns& nodes, std::size_t mesh_cols, const MeshWindow& window,
                     const geo::Vec3& centre)
    : centre_(centre) {
  nodes_.reserve(window.rows * window.cols);
  for (std::size_t row = window.row; row < window.row + window.rows; ++row)
    for (std::size_t i = row * mesh_cols + window.col, end = i + window.cols; i < end; ++i) {
      const double x = nodes.x[i] - centre.x, y = nodes.y[i] - centre.y, z = nodes.z[i] - centre.z;
      nodes_.push_back({x, y, z, (x * x + y * y + z * z) / 2});
    }
}

void NodeCloud::fill_distances(const geo::PointsView& sites, SitesAt level,
                               std::span<double> out) const {
  // |n - s|^2 = |s|^2 + 2 (|n|^2 / 2 - n.s): the bracket is all that differs between nodes. Sites
  // of a block stay in registers while the nodes pass by.
  for (std::size_t first = 0; first < sites.size; first += lanes) {
    Lanes x, y, z, nearest;
    for (std::size_t j = 0; j < lanes; ++j) {
      const std::size_t i = first + j;
      const double scale = level == SitesAt::sea_level
                               ? core::earth_radius_km / (core::earth_radius_km - sites.depth_km[i])
                               : 1.0;
      x[j] = scale * sites.x[i] - centre_.x;
      y[j] = scale * sites.y[i] - centre_.y;
      z[j] = scale * sites.z[i] - centre_.z;
      nearest[j] = std::numeric_limits<double>::infinity();
    }
    for (const Node& node : nodes_)
      for (std::size_t j = 0; j < lanes; ++j) {
        const double bracket = node.half_norm2 - (node.x * x[j] + node.y * y[j] + node.z * z[j]);
        nearest[j] = bracket < nearest[j] ? bracket : nearest[j];
      }
    for (std::size_t j = 0; j < lanes; ++j) {
      const double norm2 = x[j] * x[j] + y[j] * y[j] + z[j] * z[j];
      out[first + j] = std::sqrt(std::max(0.0, norm2 + 2 * nearest[j]));
    }
  }
}

}  // namespace shakefield::rupture
