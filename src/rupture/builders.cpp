// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/builders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "shakefield/core/error.hpp"
#include "shakefield/core/units.hpp"
#include "shakefield/rupture/mesh_surface.hpp"
#include "shakefield/rupture/planar_surface.hpp"
#include "trace_resampling.hpp"

namespace shakefield::rupture {

namespace {

void require(bool condition, const std::string& message) {
  core::validate(condition, core::ErrorKind::data, message);
}

void require_spacing(double spacing_km) {
  require(spacing_km > 0, fmt::format("mesh spacing of {} km (it must be above 0), give "
                                      "rupture_mesh_spacing a positive number",
                                      spacing_km));
}

void check(const SimpleFaultGeometry& fault) {
  require(fault.trace.size() >= 2,
          fmt::format("fault trace of {} points (a line needs 2), add points", fault.trace.size()));
  require(fault.dip_deg > 0 && fault.dip_deg <= 90,
          fmt::format("dip of {} degrees (allowed: above 0, up to 90), correct the dip",
                      fault.dip_deg));
  require(fault.upper_depth_km >= 0 && fault.upper_depth_km < fault.lower_depth_km,
          fmt::format("fault from {} to {} km depth (the upper depth must be at least 0 and less "
                      "than the lower one), correct the seismogenic depths",
                      fault.upper_depth_km, fault.lower_depth_km));
}

void require_mesh(std::size_t rows, std::size_t cols, double spacing_km) {
  require(
      rows > 1 && cols > 1,
      fmt::format("fault gives a mesh of {} x {} nodes at a spacing of {} km (at least 2 x 2 are "
                  "needed), make the mesh spacing smaller",
                  rows, cols, spacing_km));
}

/// Before the mesh is made: `rows` and `cols` are estimates.
void require_size(double rows, double cols, double spacing_km) {
  require(rows * cols <= most_mesh_nodes,
          fmt::format("fault gives a mesh of about {:.3g} x {:.3g} nodes at a spacing of {:.3g} km "
                      "(at most {:.0e} in all), make the mesh spacing larger",
                      rows, cols, spacing_km, most_mesh_nodes));
}

/// Half to even, as the peer rounds numbers of nodes of complex faults.
std::size_t rounded_half_even(double x) {
  return static_cast<std::size_t>(std::nearbyint(x));
}

/// Nodes down the dip at exactly `spacing_km` from the top, which lies on the plane through `p`.
std::vector<geo::Point> column_below(const geo::Point& p, const SimpleFaultGeometry& fault,
                                     double dip_azimuth_deg, double spacing_km) {
  const double cotangent = 1 / std::tan(core::to_radians(fault.dip_deg));
  const auto at_depth = [&](double depth_km) {
    return geo::destination(p, dip_azimuth_deg, depth_km * cotangent, depth_km);
  };
  const geo::Point top = at_depth(fault.upper_depth_km), bottom = at_depth(fault.lower_depth_km);
  const double arc = geo::arc_km(top, bottom), vertical = bottom.depth_km - top.depth_km;
  const double length = std::round(std::hypot(arc, vertical) * 1e7) / 1e7;
  const auto steps = static_cast<std::size_t>(std::floor(length / spacing_km + 0.5));
  const double azimuth = geo::azimuth_deg(top, bottom);
  std::vector<geo::Point> column = {top};
  for (std::size_t k = 1; k <= steps; ++k) {
    const double part = static_cast<double>(k) * spacing_km / length;
    column.push_back(geo::destination(top, azimuth, part * arc, part * vertical));
  }
  return column;
}

/// Rows of the mesh are the k-th nodes of the columns.
geo::Mesh mesh_of_columns(const std::vector<std::vector<geo::Point>>& columns) {
  const std::size_t rows = columns.front().size();
  std::vector<geo::Point> nodes;
  nodes.reserve(rows * columns.size());
  for (std::size_t row = 0; row < rows; ++row)
    for (const auto& column : columns) nodes.push_back(column[row]);
  return geo::Mesh(rows, columns.size(), std::move(nodes));
}

std::vector<std::vector<geo::Point>> transposed(const std::vector<std::vector<geo::Point>>& lines) {
  std::vector<std::vector<geo::Point>> across(lines.front().size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) across[i].push_back(line[i]);
  return across;
}

/// Lines resampled to the number of nodes that their mean length needs.
std::vector<std::vector<geo::Point>> evenly_resampled(std::vector<std::vector<geo::Point>> lines,
                                                      double spacing_km) {
  double sum = 0;
  for (const auto& line : lines) sum += length_km(line);
  require_size(sum / spacing_km, 1, spacing_km);
  const std::size_t count =
      rounded_half_even(sum / static_cast<double>(lines.size()) / spacing_km) + 1;
  require_mesh(count, lines.size(), spacing_km);
  for (auto& line : lines) line = resampled_to_count(line, count);
  return lines;
}

/// Whether most of the fault, by area, dips to the right of its rows.
bool dips_to_the_right(const geo::Mesh& mesh) {
  const FaultMesh fault(mesh);
  double sum = 0;
  for (std::size_t row = 0; row + 1 < fault.rows(); ++row)
    for (std::size_t col = 0; col + 1 < fault.cols(); ++col) sum += fault.cell(row, col).dip_cos;
  return sum > -1e-9;  // a vertical fault is as good
}

/// Length and width of a rupture by Wells & Coppersmith (1994), Table 2A: log10 = c0 + c1 M.
std::pair<double, double> subsurface_size(double mag, const std::optional<double>& rake_deg) {
  struct Row {
    double length0, length1, width0, width1;
  };
  constexpr Row all = {-2.44, 0.59, -1.01, 0.32}, strike_slip = {-2.57, 0.62, -0.76, 0.27},
                reverse = {-2.42, 0.58, -1.61, 0.41}, normal = {-1.88, 0.50, -1.14, 0.35};
  constexpr double longest_km = 1000;
  const Row* row = &all;
  if (rake_deg) {
    const double rake = std::abs(*rake_deg);
    row = rake <= 45 || rake >= 135 ? &strike_slip : *rake_deg > 0 ? &reverse : &normal;
  }
  return {std::min(longest_km, std::pow(10, row->length0 + row->length1 * mag)),
          std::pow(10, row->width0 + row->width1 * mag)};
}

/// Longest diagonal of the cells of a mesh, km.
double longest_diagonal(const std::vector<geo::Point>& nodes, std::size_t rows, std::size_t cols) {
  double longest = 0;
  for (std::size_t row = 0; row + 1 < rows; ++row)
    for (std::size_t col = 0; col + 1 < cols; ++col) {
      const std::size_t top_left = row * cols + col, bottom_left = top_left + cols;
      longest = std::max({longest, geo::chord_km(nodes[top_left], nodes[bottom_left + 1]),
                          geo::chord_km(nodes[top_left + 1], nodes[bottom_left])});
    }
  return longest;
}

}  // namespace

geo::Mesh simple_fault_mesh(const SimpleFaultGeometry& fault, double spacing_km) {
  check(fault);
  require_spacing(spacing_km);
  const double width_km =
      (fault.lower_depth_km - fault.upper_depth_km) / std::sin(core::to_radians(fault.dip_deg));
  require_size(width_km / spacing_km + 1, length_km(fault.trace) / spacing_km + 1, spacing_km);
  const double dip_azimuth = geo::azimuth_deg(fault.trace.front(), fault.trace.back()) + 90;
  std::vector<std::vector<geo::Point>> columns;
  for (const geo::Point& p : resampled_by_distance(fault.trace, spacing_km))
    columns.push_back(column_below(p, fault, dip_azimuth, spacing_km));
  require_mesh(columns.front().size(), columns.size(), spacing_km);
  return mesh_of_columns(columns);
}

geo::Mesh complex_fault_mesh(const ComplexFaultGeometry& fault, double spacing_km) {
  require_spacing(spacing_km);
  require(fault.edges.size() >= 2,
          fmt::format("complex fault of {} edges (a top and a bottom edge are needed), add edges",
                      fault.edges.size()));
  for (const auto& edge : fault.edges)
    require(edge.size() >= 2,
            fmt::format("fault edge of {} points (a line needs 2), add points", edge.size()));
  const auto edges = evenly_resampled(fault.edges, spacing_km);
  geo::Mesh mesh = mesh_of_columns(evenly_resampled(transposed(edges), spacing_km));
  require(dips_to_the_right(mesh),
          "edges of a complex fault dip to the left of their direction (Aki & Richards: strike "
          "has the dip on its right), reverse the points of all edges or the order of the edges");
  return mesh;
}

std::shared_ptr<const Surface> make_simple_fault_surface(const SimpleFaultGeometry& fault,
                                                         double spacing_km) {
  return std::make_shared<MeshSurface>(simple_fault_mesh(fault, spacing_km),
                                       SurfaceKind::simple_fault);
}

std::shared_ptr<const Surface> make_complex_fault_surface(const ComplexFaultGeometry& fault,
                                                          double spacing_km) {
  return std::make_shared<MeshSurface>(complex_fault_mesh(fault, spacing_km),
                                       SurfaceKind::complex_fault);
}

std::shared_ptr<const Surface> make_kite_surface(const KiteGeometry& fault, double spacing_km) {
  return std::make_shared<MeshSurface>(kite_mesh(fault, spacing_km, spacing_km), SurfaceKind::kite);
}

std::shared_ptr<const Surface> make_gridded_surface(std::vector<geo::Point> nodes) {
  const std::size_t count = nodes.size();
  return std::make_shared<MeshSurface>(geo::Mesh(1, count, std::move(nodes)), SurfaceKind::gridded);
}

std::shared_ptr<const Surface> make_point_rupture_surface(const PointRupture& rupture) {
  auto [length, width] = subsurface_size(rupture.mag, rupture.rake_deg);
  if (rupture.area_km2) {
    length = std::sqrt(*rupture.area_km2 * rupture.aspect_ratio);
    width = *rupture.area_km2 / length;
  }
  geo::Point centre = rupture.hypocentre;
  const double dip = core::to_radians(rupture.dip_deg);
  const double above_ground = width * std::sin(dip) / 2 - centre.depth_km;
  if (!rupture.area_km2 && above_ground > 0)
    centre = geo::destination(centre, rupture.strike_deg + 90, above_ground / std::tan(dip),
                              above_ground);
  PlanarCorners corners = corners_about(centre, rupture.strike_deg, rupture.dip_deg, length, width);
  if (rupture.area_km2)
    for (geo::Point* corner :
         {&corners.top_left, &corners.top_right, &corners.bottom_left, &corners.bottom_right}) {
      corner->lon_deg = std::round(corner->lon_deg * 1e5) / 1e5;
      corner->lat_deg = std::round(corner->lat_deg * 1e5) / 1e5;
    }
  return std::make_shared<PlanarSurface>(corners, rupture.strike_deg, rupture.dip_deg, width);
}

bool is_on_surface(const Surface& surface, const geo::Point& hypocentre) {
  if (surface.kind() == SurfaceKind::gridded) return true;
  const geo::Points point(std::span(&hypocentre, 1));
  std::vector<double> r_rup(16);
  DistanceColumns out;
  out.r_rup = r_rup;
  surface.distances(point.view(), static_cast<DistanceSet>(Distance::r_rup), out);
  double tolerance_km = 1;
  if (surface.kind() != SurfaceKind::planar) {
    const auto [rows, cols] = surface.shape();
    tolerance_km = std::max(tolerance_km, longest_diagonal(surface.nodes(), rows, cols));
  }
  return r_rup[0] <= tolerance_km;
}

}  // namespace shakefield::rupture
