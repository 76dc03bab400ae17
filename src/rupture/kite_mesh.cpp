// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "plane_fit.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/rupture/builders.hpp"
#include "trace_resampling.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {
namespace {

using geo::Point;
using Line = std::vector<Point>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool is_missing(const Point& p) {
  return std::isnan(p.depth_km);
}

/// The profile from which edges are followed both ways: the first, or the longest if their lengths
/// differ.
std::size_t reference_of(const std::vector<Line>& profiles, double spacing_km) {
  std::vector<double> lengths;
  lengths.reserve(profiles.size());
  for (const Line& profile : profiles) lengths.push_back(length_km(profile));
  const auto [shortest, longest] = std::ranges::minmax_element(lengths);
  return *longest - *shortest > 0.1 * spacing_km
             ? static_cast<std::size_t>(longest - lengths.begin())
             : 0;
}

/// Columns of nodes on one side of the reference profile, which comes first. `profiles` are those
/// of that side from the reference outwards, resampled.
std::vector<Line> columns_of_side(const std::vector<Line>& profiles, std::size_t rows,
                                  double spacing_km) {
  std::vector<Line> columns(1, Line(rows, {nan, nan, nan}));
  for (std::size_t row = 0; row < rows; ++row) {
    Line edge;
    for (const Line& profile : profiles) {
      if (row >= profile.size()) break;
      edge.push_back(profile[row]);
    }
    if (edge.size() > 1) edge = resampled_within(edge, spacing_km);
    core::validate(static_cast<double>(edge.size()) * static_cast<double>(rows) <= most_mesh_nodes,
                   core::ErrorKind::data,
                   fmt::format("kite surface of {} x {} nodes (at most {:.0e} in all), make the "
                               "mesh spacing larger",
                               rows, edge.size(), most_mesh_nodes));
    if (edge.size() > columns.size()) columns.resize(edge.size(), Line(rows, {nan, nan, nan}));
    for (std::size_t col = 0; col < edge.size(); ++col) columns[col][row] = edge[col];
  }
  return columns;
}

/// Where a line crosses the vertical plane through two points, if it does.
std::optional<Point> crossing(const Line& line, const Point& a, const Point& b) {
  const geo::Vec3 normal = cross(up(a), up(b));
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double from = dot(normal, up(line[i])), to = dot(normal, up(line[i + 1]));
    if (from * to > 0 || from == to) continue;
    const double part = from / (from - to);
    Point p = geo::to_geographic((1 - part) * up(line[i]) + part * up(line[i + 1]));
    p.depth_km = (1 - part) * line[i].depth_km + part * line[i + 1].depth_km;
    return p;
  }
  return std::nullopt;
}

/// Edges that begin beyond the reference profile meet the columns where they cross their planes.
void add_detached_edges(const std::vector<Line>& profiles, std::size_t rows,
                        std::vector<Line>& columns) {
  for (std::size_t row = 0; row < rows; ++row) {
    Line edge;
    bool is_detached = false;
    for (const Line& profile : profiles) {
      if (row < profile.size() && is_detached) edge.push_back(profile[row]);
      if (row >= profile.size()) is_detached = true;
    }
    if (edge.size() < 2) continue;
    for (Line& column : columns) {
      if (!is_missing(column[row])) continue;
      const auto first = std::ranges::find_if_not(column, is_missing);
      const auto last = std::find_if_not(column.rbegin(), column.rend(), is_missing);
      if (first == column.end() || geo::arc_km(*first, *last) == 0) continue;
      if (const auto p = crossing(edge, *first, *last)) column[row] = *p;
    }
  }
}

/// Removes nodes that have no neighbour in their row or none in their column.
void remove_lonely(std::vector<Line>& columns) {
  const std::vector<Line> all = columns;
  const auto has = [&](std::size_t col, std::size_t row) {
    return col < all.size() && row < all[col].size() && !is_missing(all[col][row]);
  };
  for (std::size_t col = 0; col < all.size(); ++col)
    for (std::size_t row = 0; row < all[col].size(); ++row)
      if (!(has(col - 1, row) || has(col + 1, row)) || !(has(col, row - 1) || has(col, row + 1)))
        columns[col][row] = {nan, nan, nan};
}

/// Whether the fault dips to the left of its columns' order.
bool runs_backwards(const std::vector<Line>& columns) {
  constexpr double most_deg = 60;
  Line nodes, top;
  for (const Line& column : columns) {
    const auto first = std::ranges::find_if_not(column, is_missing);
    if (first == column.end()) continue;
    top.push_back(*first);
    std::ranges::copy_if(column, std::back_inserter(nodes),
                         [](const Point& p) { return !is_missing(p); });
  }
  const double difference =
      std::abs(fit_plane(nodes).strike_deg - geo::azimuth_deg(top.front(), top.back()));
  return std::min(difference, 360 - difference) >= most_deg;
}

}  // namespace

geo::Mesh kite_mesh(const KiteGeometry& fault, double profile_spacing_km, double edge_spacing_km) {
  const auto require = [](bool condition, const std::string& message) {
    core::validate(condition, core::ErrorKind::data, message);
  };
  require(profile_spacing_km > 0 && edge_spacing_km > 0,
          fmt::format("kite surface with spacings of {} and {} km (they must be above 0), correct "
                      "rupture_mesh_spacing",
                      profile_spacing_km, edge_spacing_km));
  require(fault.profiles.size() > 1,
          fmt::format("kite surface of {} profiles (at least 2 are needed), add profiles",
                      fault.profiles.size()));
  std::vector<Line> profiles;
  std::size_t rows = 0;
  for (const Line& profile : fault.profiles) {
    require(profile.size() > 1, "profile of one point (at least 2 are needed), add points");
    profiles.push_back(resampled_by_distance(profile, profile_spacing_km));
    rows = std::max(rows, profiles.back().size());
  }
  const std::size_t reference = reference_of(fault.profiles, profile_spacing_km);
  const auto at = profiles.begin() + static_cast<std::ptrdiff_t>(reference);
  const std::vector<Line> right_profiles(at, profiles.end());
  const std::vector<Line> left_profiles(std::make_reverse_iterator(at + 1), profiles.rend());
  std::vector<Line> right = columns_of_side(right_profiles, rows, edge_spacing_km);
  std::vector<Line> left = columns_of_side(left_profiles, rows, edge_spacing_km);
  add_detached_edges(right_profiles, rows, right);
  add_detached_edges(left_profiles, rows, left);

  std::vector<Line> columns(left.rbegin(), left.rend() - 1);
  columns.insert(columns.end(), right.begin(), right.end());
  remove_lonely(columns);
  std::erase_if(columns,
                [](const Line& column) { return std::ranges::all_of(column, is_missing); });
  std::erase_if(columns,
                [](const Line& column) { return std::ranges::all_of(column, is_missing); });
  const auto is_empty = [&](std::size_t row) {
    return std::ranges::all_of(columns, [&](const Line& c) { return is_missing(c[row]); });
  };
  while (rows > 0 && is_empty(rows - 1)) --rows;
  require(columns.size() > 1 && rows > 1,
          fmt::format("kite surface of {} x {} nodes at spacings of {} and {} km (at least 2 x 2 "
                      "are needed), make the mesh spacing smaller",
                      rows, columns.size(), profile_spacing_km, edge_spacing_km));
  if (runs_backwards(columns)) std::ranges::reverse(columns);
  Line nodes;
  for (std::size_t row = 0; row < rows; ++row)
    for (const Line& column : columns) nodes.push_back(column[row]);
  return geo::Mesh(rows, columns.size(), std::move(nodes));
}

KiteGeometry kite_of_simple_fault(SimpleFaultGeometry fault, double spacing_km) {
  // A little coarser than the kite's own nodes, which the profiles are resampled to.
  constexpr double coarser = 1.01, almost_vertical_deg = 89.9;
  fault.dip_deg = std::min(fault.dip_deg, almost_vertical_deg);
  const geo::Mesh mesh = simple_fault_mesh(fault, coarser * spacing_km);
  KiteGeometry kite;
  for (std::size_t col = 0; col < mesh.cols(); ++col) {
    Line& profile = kite.profiles.emplace_back();
    for (std::size_t row = 0; row < mesh.rows(); ++row) profile.push_back(mesh(row, col));
  }
  return kite;
}

}  // namespace shakefield::rupture
