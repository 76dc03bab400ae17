// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nearest_node.hpp"

#include <hwy/highway.h>

#include <cmath>
#include <limits>

#include "shakefield/core/units.hpp"

namespace shakefield::rupture {

namespace hn = hwy::HWY_NAMESPACE;
/// Multiple to which geo::PointsView pads its columns.
constexpr std::size_t padding = 16;
static_assert(padding % (2 * hn::MaxLanes(hn::ScalableTag<double>())) == 0,
              "the padding must hold pairs of registers");

NodeCloud::NodeCloud(const NodeColumns& nodes, std::size_t mesh_cols, const MeshWindow& window,
                     const geo::Vec3& centre)
    : centre_(centre) {
  nodes_.reserve(window.rows * window.cols);
  for (std::size_t row = window.row; row < window.row + window.rows; ++row)
    for (std::size_t i = row * mesh_cols + window.col, end = i + window.cols; i < end; ++i) {
      if (std::isnan(nodes.x[i])) continue;
      const double x = nodes.x[i] - centre.x, y = nodes.y[i] - centre.y, z = nodes.z[i] - centre.z;
      nodes_.push_back({x, y, z, (x * x + y * y + z * z) / 2});
    }
}

void NodeCloud::fill_distances(const geo::PointsView& sites, SitesAt level,
                               std::span<double> out) const {
  // |n - s|^2 = |s|^2 + 2 (|n|^2 / 2 - n.s): the bracket is all that differs between nodes. Two
  // registers of sites stay where they are while the nodes pass by.
  const hn::ScalableTag<double> d;
  const std::size_t step = 2 * hn::Lanes(d);
  const auto radius = hn::Set(d, core::earth_radius_km);
  for (std::size_t first = 0; first < sites.size; first += step) {
    const std::size_t second = first + hn::Lanes(d);
    const auto load = [&](const std::span<const double>& column, double centre, std::size_t at) {
      auto coordinate = hn::LoadU(d, column.data() + at);
      if (level == SitesAt::sea_level) {
        const auto depth = hn::LoadU(d, sites.depth_km.data() + at);
        coordinate = hn::Mul(coordinate, hn::Div(radius, hn::Sub(radius, depth)));
      }
      return hn::Sub(coordinate, hn::Set(d, centre));
    };
    const auto x0 = load(sites.x, centre_.x, first), x1 = load(sites.x, centre_.x, second);
    const auto y0 = load(sites.y, centre_.y, first), y1 = load(sites.y, centre_.y, second);
    const auto z0 = load(sites.z, centre_.z, first), z1 = load(sites.z, centre_.z, second);
    auto nearest0 = hn::Set(d, std::numeric_limits<double>::infinity()), nearest1 = nearest0;
    for (const Node& node : nodes_) {
      const auto x = hn::Set(d, node.x), y = hn::Set(d, node.y), z = hn::Set(d, node.z);
      const auto half_norm2 = hn::Set(d, node.half_norm2);
      nearest0 = hn::Min(
          nearest0, hn::NegMulAdd(z, z0, hn::NegMulAdd(y, y0, hn::NegMulAdd(x, x0, half_norm2))));
      nearest1 = hn::Min(
          nearest1, hn::NegMulAdd(z, z1, hn::NegMulAdd(y, y1, hn::NegMulAdd(x, x1, half_norm2))));
    }
    const auto store = [&](auto x, auto y, auto z, auto nearest, std::size_t at) {
      const auto norm2 = hn::MulAdd(x, x, hn::MulAdd(y, y, hn::Mul(z, z)));
      const auto distance2 = hn::MulAdd(hn::Set(d, 2.0), nearest, norm2);
      hn::StoreU(hn::Sqrt(hn::Max(distance2, hn::Zero(d))), d, out.data() + at);
    };
    store(x0, y0, z0, nearest0, first);
    store(x1, y1, z1, nearest1, second);
  }
}

}  // namespace shakefield::rupture
