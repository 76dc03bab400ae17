// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "trace_resampling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "shakefield/core/error.hpp"
#include "shakefield/geo/projection.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {

using geo::Vec3;

namespace {

/// The part of a spacing that must be left of a segment for one more node on it.
constexpr double almost_one = 0.9999;
/// A node is appended, or not, at the end by whether the line still goes on in about this
/// direction.
constexpr double same_direction_deg = 30;

/// A line that would fill the memory is a slip of the unit or of the spacing.
void require_size(const std::vector<geo::Point>& line, double spacing_km) {
  const double nodes = length_km(line) / spacing_km;
  core::validate(nodes <= most_mesh_nodes, core::ErrorKind::data,
                 fmt::format("a line of {:.6g} km gives {:.3g} nodes at a spacing of {:.3g} km (at "
                             "most {:.0e}), make the mesh spacing larger",
                             length_km(line), nodes, spacing_km, most_mesh_nodes));
}

/// The vertex, from `first` on, that is farthest from the current node among those within reach.
std::size_t farthest_within_reach(const std::vector<Vec3>& vertices, std::size_t first,
                                  const Vec3& current, double reach_km) {
  std::size_t found = first;
  double farthest = -1;
  for (std::size_t i = first; i < vertices.size(); ++i) {
    const double distance = norm(vertices[i] - current);
    if (distance <= reach_km && distance > farthest) {
      farthest = distance;
      found = i;
    }
  }
  return found;
}

/// Where the line from `from` through `to` leaves the sphere about `centre`, which holds `from`. It
/// may be beyond `to`.
Vec3 leave_sphere(const Vec3& from, const Vec3& to, const Vec3& centre, double radius_km) {
  const Vec3 step = to - from, offset = from - centre;
  const double a = dot(step, step), b = dot(offset, step);
  const double c = dot(offset, offset) - radius_km * radius_km;
  return from + (-b + std::sqrt(std::max(0.0, b * b - a * c))) / a * step;
}

/// Whether one more node is due: the end vertex lies ahead by more than half a spacing, or aside
/// within half a spacing.
bool ends_too_early(const std::vector<Vec3>& vertices, const std::vector<Vec3>& nodes,
                    double spacing_km, const geo::OrthographicProjection& projection) {
  const double left = norm(vertices.back() - nodes.back());
  if (nodes.size() == 1) return true;
  // A node may pass the end by what `almost_one` allows; the azimuth back to it says nothing.
  if (left <= 2 * (1 - almost_one) * spacing_km) return false;
  const auto point = [&](const Vec3& v) { return projection.inverse({v.x, v.y}); };
  const double to_end = geo::azimuth_deg(point(nodes.back()), point(vertices.back()));
  const double last_step = geo::azimuth_deg(point(nodes[nodes.size() - 2]), point(nodes.back()));
  const bool ahead = std::abs(to_end - last_step) < same_direction_deg;  // no wrap, as the peer
  return left > spacing_km / 2 ? ahead : !ahead;
}

/// The point that lies `distance` from `p` in the direction of the segment from a to b.
geo::Point step_along(const geo::Point& p, const geo::Point& a, const geo::Point& b,
                      double distance) {
  const double length = geo::distance_km(a, b);
  return geo::destination(p, geo::azimuth_deg(a, b), distance * geo::arc_km(a, b) / length,
                          distance * (b.depth_km - a.depth_km) / length);
}

/// A line in an orthographic plane, depth third.
struct FlatLine {
  geo::OrthographicProjection projection;
  std::vector<Vec3> vertices;

  explicit FlatLine(const std::vector<geo::Point>& line)
      : projection(geo::OrthographicProjection::about(line)) {
    for (const geo::Point& p : line) {
      const geo::PlanePoint xy = projection.forward(p.lon_deg, p.lat_deg);
      vertices.push_back({xy.x_km, xy.y_km, p.depth_km});
    }
  }
  std::vector<geo::Point> points(const std::vector<Vec3>& nodes) const {
    std::vector<geo::Point> list;
    list.reserve(nodes.size());
    for (const Vec3& n : nodes) list.push_back(projection.inverse({n.x, n.y}, n.z));
    return list;
  }
};

/// Nodes at straight distance `spacing_km` from each other, from the first vertex as far as the
/// line goes.
std::vector<Vec3> steps_along(const std::vector<Vec3>& vertices, double spacing_km) {
  std::vector<Vec3> nodes = {vertices.front()};
  std::size_t segment = 0;  // number of its first vertex
  while (true) {
    const Vec3 current = nodes.back();
    segment = farthest_within_reach(vertices, segment, current, spacing_km);
    if (segment + 1 >= vertices.size()) return nodes;
    nodes.push_back(leave_sphere(vertices[segment], vertices[segment + 1], current, spacing_km));
    ++segment;
    for (Vec3 rest = vertices[segment] - nodes.back(); norm(rest) > almost_one * spacing_km;
         rest = vertices[segment] - nodes.back())
      nodes.push_back(nodes.back() + spacing_km * unit(rest));
  }
}

}  // namespace

std::vector<geo::Point> resampled_by_distance(const std::vector<geo::Point>& line,
                                              double spacing_km) {
  require_size(line, spacing_km);
  const FlatLine flat(line);
  std::vector<Vec3> nodes = steps_along(flat.vertices, spacing_km);
  if (ends_too_early(flat.vertices, nodes, spacing_km, flat.projection))
    nodes.push_back(nodes.back() + spacing_km * unit(flat.vertices.back() -
                                                     flat.vertices[flat.vertices.size() - 2]));
  return flat.points(nodes);
}

std::vector<geo::Point> resampled_within(const std::vector<geo::Point>& line, double spacing_km) {
  require_size(line, spacing_km);
  const FlatLine flat(line);
  std::vector<Vec3> nodes = steps_along(flat.vertices, spacing_km);
  if (nodes.size() < 2) nodes.push_back(flat.vertices.back());
  return flat.points(nodes);
}

double length_km(const std::vector<geo::Point>& line) {
  double length = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    length += geo::distance_km(line[i], line[i + 1]);
  return length;
}

std::vector<geo::Point> resampled_to_count(const std::vector<geo::Point>& line, std::size_t count) {
  const double spacing = length_km(line) / static_cast<double>(count - 1);
  std::vector<geo::Point> nodes = {line.front()};
  std::size_t segment = 0;
  double passed = 0, segment_length = geo::distance_km(line[0], line[1]);
  for (std::size_t k = 1; k + 1 < count; ++k) {
    const double along = static_cast<double>(k) * spacing;
    while (along > passed + segment_length && segment + 2 < line.size()) {
      passed += segment_length;
      ++segment;
      segment_length = geo::distance_km(line[segment], line[segment + 1]);
    }
    nodes.push_back(step_along(line[segment], line[segment], line[segment + 1], along - passed));
  }
  nodes.push_back(line.back());
  return nodes;
}

}  // namespace shakefield::rupture
