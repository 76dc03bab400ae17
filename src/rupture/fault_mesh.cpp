// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "shakefield/core/error.hpp"
#include "shakefield/rupture/mesh_surface.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {

namespace {

using geo::Vec3;

NodeColumns columns_of(const std::vector<Vec3>& nodes) {
  NodeColumns columns;
  for (const Vec3& n : nodes) {
    columns.x.push_back(n.x);
    columns.y.push_back(n.y);
    columns.z.push_back(n.z);
  }
  return columns;
}

/// Adds what one triangle says of inclination and azimuth: `along` runs along strike, `updip` up
/// the dip, on sides of the triangle; `at` is the corner whose vertical and north count. Returns
/// the area.
double add_triangle(const Vec3& along, const Vec3& updip, const geo::Point& at,
                    FaultMesh::Cell& cell) {
  const Vec3 normal = cross(along, updip);
  const double twice_area = norm(normal), area = twice_area / 2;
  if (!(area > 0)) return 0;  // degenerate, or a node is missing
  const double dip_cos = dot(normal, up(at)) / twice_area;
  cell.dip_cos += area * dip_cos;
  cell.dip_sin += area * std::sqrt(std::max(0.0, 1 - dip_cos * dip_cos));
  // The sine takes what the cosine leaves, as the peer does: a plunge of the edge turns it a little
  // off north.
  const Horizon horizon(at);
  const double strike_cos = dot(along, horizon.north) / norm(along);
  const double strike_sin = std::sqrt(std::max(0.0, 1 - strike_cos * strike_cos));
  cell.strike_cos += area * strike_cos;
  cell.strike_sin += area * std::copysign(strike_sin, dot(along, horizon.east));
  return area;
}

}  // namespace

FaultMesh::FaultMesh(geo::Mesh mesh) : mesh_(std::move(mesh)) {
  core::validate(!mesh_.nodes().empty(), core::ErrorKind::data,
                 "surface without nodes (nothing breaks), give at least one node");
  std::vector<Vec3> nodes, epicentral;
  for (const geo::Point& p : mesh_.nodes()) {
    nodes.push_back(geo::to_cartesian(p));
    epicentral.push_back(geo::to_cartesian({p.lon_deg, p.lat_deg, 0}));
  }
  nodes_ = columns_of(nodes);
  epicentral_nodes_ = columns_of(epicentral);

  cells_.reserve((rows() - 1) * (cols() - 1));
  for (std::size_t row = 0; row + 1 < rows(); ++row)
    for (std::size_t col = 0; col + 1 < cols(); ++col) {
      const std::size_t top_left = row * cols() + col, bottom_left = top_left + cols();
      const Vec3 top = nodes[top_left + 1] - nodes[top_left];
      const Vec3 bottom = nodes[bottom_left + 1] - nodes[bottom_left];
      const Vec3 left = nodes[top_left] - nodes[bottom_left];
      const Vec3 right = nodes[top_left + 1] - nodes[bottom_left + 1];
      Cell cell;
      const double upper = add_triangle(top, left, mesh_(row, col), cell);
      const double lower = add_triangle(bottom, right, mesh_(row + 1, col + 1), cell);
      if (std::isnan(norm(top) + norm(bottom)))
        cell = {};
      else
        cell.area_km2 = upper + lower;
      if (cell.area_km2 > 0) {
        cell.length_km = (norm(top) * upper + norm(bottom) * lower) / cell.area_km2;
        cell.width_km = (norm(left) * upper + norm(right) * lower) / cell.area_km2;
      }
      cells_.push_back(cell);
    }
}

}  // namespace shakefield::rupture
