// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/mesh_surface.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "azimuths.hpp"
#include "footprint.hpp"
#include "nearest_node.hpp"
#include "plane_fit.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/geo/bounding_box.hpp"
#include "top_edge.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {

namespace {

/// Nearer than this, r_jb is measured to the footprint instead of its nearest node (peer's rule).
constexpr double footprint_reach_km = 40;

/// A vertical fault keeps the strike of its trace, whichever side of 90 degrees rounding puts its
/// dip (with the peer, rounding decides on the strike too).
constexpr double vertical_slack_deg = 1e-6;

/// Cells of a window: rows and columns are one less than those of its nodes.
template <class Visit>
void for_each_cell(const FaultMesh& fault, const MeshWindow& w, std::size_t cell_rows,
                   Visit&& visit) {
  for (std::size_t row = w.row; row < w.row + cell_rows; ++row)
    for (std::size_t col = w.col; col + 1 < w.col + w.cols; ++col) visit(fault.cell(row, col));
}

void set_dip_and_strike(const FaultMesh& fault, const MeshWindow& window, std::size_t cell_rows,
                        SurfaceParameters& p) {
  FaultMesh::Cell sum;
  for_each_cell(fault, window, cell_rows, [&](const FaultMesh::Cell& cell) {
    sum.dip_cos += cell.dip_cos;
    sum.dip_sin += cell.dip_sin;
    sum.strike_cos += cell.strike_cos;
    sum.strike_sin += cell.strike_sin;
  });
  p.dip_deg = core::to_degrees(std::atan2(sum.dip_sin, sum.dip_cos));
  p.strike_deg = core::to_degrees(std::atan2(sum.strike_sin, sum.strike_cos));
  if (p.dip_deg > 90 + vertical_slack_deg) {
    p.dip_deg = 180 - p.dip_deg;
    p.strike_deg += 180;
  }
  p.dip_deg = std::min(p.dip_deg, 90.0);
  p.strike_deg = std::fmod(p.strike_deg + 360, 360);
}

double width_of_first_column(const FaultMesh& fault, const MeshWindow& w) {
  double sum = 0;
  for (std::size_t row = w.row; row + 1 < w.row + w.rows; ++row)
    sum += fault.cell(row, w.col).width_km;
  return sum;
}

/// Mean of the columns' widths, weighted with their mean cell length.
double weighted_width(const FaultMesh& fault, const MeshWindow& w) {
  double width_sum = 0, length_sum = 0;
  for (std::size_t col = w.col; col + 1 < w.col + w.cols; ++col) {
    double width = 0, length = 0;
    for (std::size_t row = w.row; row + 1 < w.row + w.rows; ++row) {
      width += fault.cell(row, col).width_km;
      length += fault.cell(row, col).length_km;
    }
    width_sum += width * length;
    length_sum += length;
  }
  return width_sum / length_sum;
}

bool is_missing(const geo::Point& node) {
  return std::isnan(node.depth_km);
}

/// What the nodes of a kite say (docs/definitions/sources.md, section 3, "kite"): strike of the top
/// edge; dip and width of the columns.
SurfaceParameters parameters_of_kite(std::span<const geo::Point> nodes, std::size_t cols,
                                     const std::vector<geo::Point>& top) {
  SurfaceParameters p;
  // Added before 360 degrees are taken off, so that a strike of north does not become south.
  constexpr double before_wrap_deg = 0.001;
  double strike_sum = 0;
  for (std::size_t i = 0; i + 1 < top.size(); ++i)
    strike_sum += std::fmod(geo::azimuth_deg(top[i], top[i + 1]) + before_wrap_deg, 360);
  p.strike_deg = strike_sum / static_cast<double>(top.size() - 1);
  double dip_sum = 0, width_sum = 0, columns = 0;
  for (std::size_t col = 0; col < cols; ++col) {
    double angles = 0, length = 0, steps = 0;
    for (std::size_t i = col; i + cols < nodes.size(); i += cols) {
      const geo::Point &upper = nodes[i], &lower = nodes[i + cols];
      if (is_missing(upper) || is_missing(lower)) continue;
      const double down = lower.depth_km - upper.depth_km, across = geo::arc_km(upper, lower);
      angles += std::atan2(down, across);
      length += std::hypot(down, across);
      ++steps;
    }
    if (steps == 0) continue;
    dip_sum += angles / steps * length;
    width_sum += length;
    ++columns;
  }
  p.dip_deg = core::to_degrees(dip_sum / width_sum);
  p.width_km = width_sum / columns;
  p.ztor_km = std::numeric_limits<double>::infinity();
  for (const geo::Point& node : nodes.first(cols))
    if (!is_missing(node)) p.ztor_km = std::min(p.ztor_km, node.depth_km);
  for (const geo::Point& node : nodes)
    if (!is_missing(node)) p.zbot_km = std::max(p.zbot_km, node.depth_km);
  return p;
}

/// The shallowest node of each column.
std::vector<geo::Point> top_of_columns(std::span<const geo::Point> nodes, std::size_t cols) {
  std::vector<geo::Point> top;
  for (std::size_t col = 0; col < cols; ++col)
    for (std::size_t i = col; i < nodes.size(); i += cols)
      if (!is_missing(nodes[i])) {
        top.push_back(nodes[i]);
        break;
      }
  return top;
}

SurfaceParameters parameters_of(const FaultMesh& fault, SurfaceKind kind, const MeshWindow& w,
                                std::span<const geo::Point> nodes) {
  if (kind == SurfaceKind::kite)
    return parameters_of_kite(nodes, w.cols, top_of_columns(nodes, w.cols));
  SurfaceParameters p;
  const auto row_of_nodes = [&](std::size_t row) { return nodes.subspan(row * w.cols, w.cols); };
  p.ztor_km = std::ranges::min(row_of_nodes(0), {}, &geo::Point::depth_km).depth_km;
  p.zbot_km = std::ranges::max(nodes, {}, &geo::Point::depth_km).depth_km;
  switch (kind) {
    case SurfaceKind::simple_fault:
      set_dip_and_strike(fault, w, 1, p);
      p.width_km = width_of_first_column(fault, w);
      break;
    case SurfaceKind::complex_fault:
      set_dip_and_strike(fault, w, w.rows - 1, p);
      p.width_km = weighted_width(fault, w);
      break;
    default: {
      const FittedPlane plane = fit_plane(nodes);
      p.strike_deg = plane.strike_deg;
      p.dip_deg = plane.dip_deg;
      p.ztor_km = std::ranges::min(nodes, {}, &geo::Point::depth_km).depth_km;
    }
  }
  return p;
}

BoundingSphere bound_of(const FaultMesh& fault, const MeshWindow& w) {
  const NodeColumns& n = fault.nodes();
  const auto node = [&](std::size_t row, std::size_t col) {
    const std::size_t i = (w.row + row) * fault.cols() + w.col + col;
    return geo::Vec3{n.x[i], n.y[i], n.z[i]};
  };
  const std::size_t last_row = w.rows - 1, last_col = w.cols - 1;
  BoundingSphere bound{
      0.25 * (node(0, 0) + node(0, last_col) + node(last_row, 0) + node(last_row, last_col)), 0};
  for (std::size_t row = 0; row < w.rows; ++row)
    for (std::size_t col = 0; col < w.cols; ++col)
      bound.radius_km = std::max(bound.radius_km, norm(node(row, col) - bound.centre));
  return bound;
}

/// The same where corners may be missing: about the mean of the nodes.
BoundingSphere bound_of_kite(std::span<const geo::Point> nodes) {
  std::vector<geo::Vec3> present;
  BoundingSphere bound;
  for (const geo::Point& node : nodes) {
    if (is_missing(node)) continue;
    present.push_back(geo::to_cartesian(node));
    bound.centre = bound.centre + present.back();
  }
  bound.centre = 1 / static_cast<double>(present.size()) * bound.centre;
  for (const geo::Vec3& node : present)
    bound.radius_km = std::max(bound.radius_km, norm(node - bound.centre));
  return bound;
}

/// The node nearest to the centroid of all.
geo::Point node_nearest_to_centroid(std::span<const geo::Point> nodes) {
  const geo::Vec3 centroid = bound_of_kite(nodes).centre;
  geo::Point nearest = nodes.front();
  double smallest = std::numeric_limits<double>::infinity();
  for (const geo::Point& node : nodes) {
    const double distance = norm(geo::to_cartesian(node) - centroid);
    if (distance < smallest) {  // never of a missing node
      smallest = distance;
      nearest = node;
    }
  }
  return nearest;
}

/// The node nearest to the mean longitude (across the date line too) and latitude, depths ignored.
geo::Point node_nearest_to_mean(std::span<const geo::Point> nodes) {
  const geo::BoundingBox box = geo::BoundingBox::of(nodes);
  geo::Point mean;
  for (const geo::Point& p : nodes) {
    mean.lon_deg += box.unwrapped(p.lon_deg) / static_cast<double>(nodes.size());
    mean.lat_deg += p.lat_deg / static_cast<double>(nodes.size());
  }
  return std::ranges::min(nodes, {}, [&](const geo::Point& p) { return geo::arc_km(p, mean); });
}

}  // namespace

MeshSurface::MeshSurface(std::shared_ptr<const FaultMesh> fault, SurfaceKind kind,
                         const MeshWindow& window)
    : fault_(std::move(fault)), kind_(kind), window_(window) {
  core::validate(kind == SurfaceKind::gridded || (window.rows > 1 && window.cols > 1),
                 core::ErrorKind::data,
                 fmt::format("fault surface of {} x {} nodes (at least 2 x 2 are needed), make "
                             "rupture_mesh_spacing smaller",
                             window.rows, window.cols));
  parameters_ = parameters_of(*fault_, kind_, window_, nodes());
  bound_ = kind_ == SurfaceKind::kite ? bound_of_kite(nodes()) : bound_of(*fault_, window_);
}

MeshSurface::MeshSurface(const std::shared_ptr<const FaultMesh>& fault, SurfaceKind kind)
    : MeshSurface(fault, kind, {0, 0, fault->rows(), fault->cols()}) {}

MeshSurface::MeshSurface(geo::Mesh mesh, SurfaceKind kind)
    : MeshSurface(std::make_shared<const FaultMesh>(std::move(mesh)), kind) {}

geo::Point MeshSurface::middle() const {
  if (kind_ == SurfaceKind::gridded) return node_nearest_to_mean(nodes());
  if (kind_ == SurfaceKind::kite) return node_nearest_to_centroid(nodes());
  const std::size_t mid_row = window_.rows / 2, mid_col = window_.cols / 2;
  const auto middle_of_row = [&](std::size_t row) {
    return window_.cols % 2 == 1 ? node(row, mid_col)
                                 : middle_of(node(row, mid_col - 1), node(row, mid_col));
  };
  return window_.rows % 2 == 1 ? middle_of_row(mid_row)
                               : middle_of(middle_of_row(mid_row - 1), middle_of_row(mid_row));
}

void MeshSurface::fill_r_jb(const geo::PointsView& sites, std::span<double> out) const {
  const geo::Vec3 centre = core::earth_radius_km * unit(bound_.centre);
  NodeCloud(fault_->epicentral_nodes(), fault_->cols(), window_, centre)
      .fill_distances(sites, NodeCloud::SitesAt::sea_level, out);
  std::optional<Footprint> footprint;  // most ruptures are far from most tiles
  for (std::size_t i = 0; i < sites.size; ++i) {
    if (out[i] >= footprint_reach_km) continue;
    if (!footprint) footprint.emplace(nodes(), window_.rows, window_.cols);
    out[i] = footprint->distance_km(sites.lon_deg[i], sites.lat_deg[i]);
  }
}

void MeshSurface::nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const {
  const NodeColumns& nodes = fault_->nodes();
  for (std::size_t i = 0; i < sites.size; ++i) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t row = 0; row < window_.rows; ++row)
      for (std::size_t col = 0; col < window_.cols; ++col) {
        const std::size_t n = (window_.row + row) * fault_->cols() + window_.col + col;
        const geo::Vec3 from_site = geo::Vec3{nodes.x[n], nodes.y[n], nodes.z[n]} -
                                    geo::Vec3{sites.x[i], sites.y[i], sites.z[i]};
        const double norm2 = dot(from_site, from_site);
        if (!(norm2 < nearest)) continue;  // a missing node is nan
        nearest = norm2;
        out[i] = node(row, col);
      }
  }
}

void MeshSurface::distances(const geo::PointsView& sites, DistanceSet wanted,
                            const DistanceColumns& out) const {
  if (contains(wanted, Distance::r_rup))
    NodeCloud(fault_->nodes(), fault_->cols(), window_, bound_.centre)
        .fill_distances(sites, NodeCloud::SitesAt::their_depth, out.r_rup);
  if (contains(wanted, Distance::r_jb)) fill_r_jb(sites, out.r_jb);
  if (contains(wanted, Distance::r_x) || contains(wanted, Distance::r_y0)) {
    core::validate(kind_ != SurfaceKind::gridded, core::ErrorKind::unsupported,
                   "r_x and r_y0 of a gridded surface (its nodes have no top edge), take a "
                   "ground-motion model without them or another kind of surface");
    const TopEdge edge(top_edge());
    if (contains(wanted, Distance::r_x)) edge.fill_r_x(sites, out.r_x);
    if (contains(wanted, Distance::r_y0)) edge.fill_r_y0(parameters_.strike_deg, sites, out.r_y0);
  }
  if (contains(wanted, Distance::azimuth))
    fill_azimuths(middle(), parameters_.strike_deg, sites, out.azimuth);
}

double MeshSurface::area_km2() const {
  double sum = 0;
  if (kind_ != SurfaceKind::gridded)
    for_each_cell(*fault_, window_, window_.rows - 1,
                  [&](const FaultMesh::Cell& cell) { sum += cell.area_km2; });
  return sum;
}

std::vector<geo::Point> MeshSurface::top_edge() const {
  if (kind_ == SurfaceKind::gridded) return {};
  if (kind_ == SurfaceKind::kite) return top_of_columns(nodes(), window_.cols);
  return {&node(0, 0), &node(0, 0) + window_.cols};
}

std::vector<geo::Point> MeshSurface::nodes() const {
  std::vector<geo::Point> nodes;
  nodes.reserve(window_.rows * window_.cols);
  for (std::size_t row = 0; row < window_.rows; ++row)
    nodes.insert(nodes.end(), &node(row, 0), &node(row, 0) + window_.cols);
  return nodes;
}

}  // namespace shakefield::rupture
