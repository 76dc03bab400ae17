// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "rupture_bytes.hpp"

#include <cstdint>

#include "put_bytes.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/rupture/builders.hpp"
#include "shakefield/rupture/mesh_surface.hpp"
#include "shakefield/rupture/multi_surface.hpp"
#include "shakefield/rupture/planar_surface.hpp"

namespace shakefield::calc {
namespace {

using rupture::Surface;
using rupture::SurfaceKind;

/// What is sent of a rupture before its surface.
struct Facts {
  double mag, rake_deg, occurrence_rate;
  geo::Point hypocentre;
};

/// What is sent of a surface before its nodes or parts.
struct Shape {
  SurfaceKind kind;
  std::uint64_t rows, cols, parts;
  PlaneValues plane;
};

void put_surface(std::vector<std::byte>& bytes, const Surface& surface) {
  const auto [rows, cols] = surface.shape();
  const auto parts = surface.parts();
  const rupture::SurfaceParameters p =
      surface.kind() == SurfaceKind::planar ? surface.parameters() : rupture::SurfaceParameters{};
  put(bytes,
      Shape{surface.kind(), rows, cols, parts.size(), {p.strike_deg, p.dip_deg, p.width_km}});
  if (parts.empty()) put_counted(bytes, surface.nodes());
  for (const auto& part : parts) put_surface(bytes, *part);
}

std::shared_ptr<const Surface> take_surface(std::span<const std::byte>& bytes) {
  Shape shape;
  take(bytes, shape);
  if (shape.kind == SurfaceKind::multi) {
    std::vector<std::shared_ptr<const Surface>> parts(shape.parts);
    for (auto& part : parts) part = take_surface(bytes);
    return std::make_shared<rupture::MultiSurface>(std::move(parts));
  }
  std::vector<geo::Point> nodes;
  bytes = take_counted(bytes, nodes);
  return surface_of_nodes(shape.kind, shape.rows, shape.cols, std::move(nodes), shape.plane);
}

}  // namespace

std::shared_ptr<const Surface> surface_of_nodes(SurfaceKind kind, std::size_t rows,
                                                std::size_t cols, std::vector<geo::Point> nodes,
                                                const PlaneValues& plane) {
  if (nodes.empty() || rows * cols != nodes.size()) return nullptr;
  switch (kind) {
    case SurfaceKind::planar:
      if (nodes.size() != 4) return nullptr;
      return std::make_shared<rupture::PlanarSurface>(
          rupture::PlanarCorners{nodes[0], nodes[1], nodes[2], nodes[3]}, plane.strike_deg,
          plane.dip_deg, plane.width_km);
    case SurfaceKind::gridded:
      return rupture::make_gridded_surface(std::move(nodes));
    case SurfaceKind::simple_fault:
    case SurfaceKind::complex_fault:
    case SurfaceKind::kite:
      return std::make_shared<rupture::MeshSurface>(geo::Mesh(rows, cols, std::move(nodes)), kind);
    default:
      return nullptr;
  }
}

void put_rupture(std::vector<std::byte>& bytes, const rupture::Rupture& rupture) {
  put(bytes, Facts{rupture.mag, rupture.rake_deg, rupture.occurrence_rate, rupture.hypocentre});
  put_surface(bytes, *rupture.surface);
}

rupture::Rupture take_rupture(std::span<const std::byte>& bytes) {
  Facts facts;
  take(bytes, facts);
  rupture::Rupture rupture;
  rupture.mag = facts.mag;
  rupture.rake_deg = facts.rake_deg;
  rupture.occurrence_rate = facts.occurrence_rate;
  rupture.hypocentre = facts.hypocentre;
  rupture.surface = take_surface(bytes);
  return rupture;
}

}  // namespace shakefield::calc
