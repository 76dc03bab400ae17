// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/polygon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/geo/bounding_box.hpp"

namespace shakefield::geo {

namespace {

bool same_place(const Point& a, const Point& b) {
  return a.lon_deg == b.lon_deg && a.lat_deg == b.lat_deg;
}

std::vector<Point> without_repeats(std::vector<Point> vertices) {
  vertices.erase(std::unique(vertices.begin(), vertices.end(), same_place), vertices.end());
  while (vertices.size() > 1 && same_place(vertices.front(), vertices.back())) vertices.pop_back();
  if (vertices.size() < 3)
    throw core::Error(
        core::ErrorKind::data,
        fmt::format("polygon has {} different vertices (an area needs at least 3), add "
                    "the missing ones",
                    vertices.size()));
  return vertices;
}

ProjectedPolygon project_outline(std::span<const Point> vertices,
                                 const OrthographicProjection& projection) {
  constexpr double longest_part_km = 100;
  std::vector<PlanePoint> ring;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const Point& from = vertices[i];
    const Point& to = vertices[(i + 1) % vertices.size()];
    ring.push_back(projection.forward(from.lon_deg, from.lat_deg));
    const double length = arc_km(from, to), azimuth = azimuth_deg(from, to);
    const int parts = static_cast<int>(length / longest_part_km);
    for (int k = 1; k < parts; ++k) {
      const Point between = destination(from, azimuth, length * k / parts);
      ring.push_back(projection.forward(between.lon_deg, between.lat_deg));
    }
  }
  return ProjectedPolygon(std::move(ring));
}

/// Points strictly inside the ring, walked from the north-west corner of the box: southwards along
/// its west edge, from each of these points eastwards. A row bends towards the equator, as every
/// step leaves due east.
std::vector<Point> walk(const BoundingBox& box, const ProjectedPolygon& ring,
                        const OrthographicProjection& projection, double spacing_km) {
  std::vector<Point> inside;
  const double width_deg = box.east_deg - box.west_deg;
  for (Point row{box.west_deg, box.north_deg, 0}; row.lat_deg >= box.south_deg;
       row = destination(row, 180, spacing_km)) {
    double walked_deg = 0;
    for (Point p = row; walked_deg <= width_deg;) {
      if (ring.contains(projection.forward(p.lon_deg, p.lat_deg))) inside.push_back(p);
      const Point next = destination(p, 90, spacing_km);
      const double step_deg = next.lon_deg - p.lon_deg;
      walked_deg += step_deg < 0 ? step_deg + 360 : step_deg;
      p = next;
    }
  }
  return inside;
}

double round5(double degrees) {
  return std::round(degrees * 1e5) / 1e5;
}

}  // namespace

Polygon::Polygon(std::vector<Point> vertices)
    : vertices_(without_repeats(std::move(vertices))),
      projection_(OrthographicProjection::about(vertices_)),
      outline_(project_outline(vertices_, projection_)) {
  if (outline_.crosses_itself())
    throw core::Error(
        core::ErrorKind::data,
        fmt::format("polygon of {} vertices from ({}, {}) crosses or touches itself (its "
                    "inside is not defined), put its vertices in order along the edge",
                    vertices_.size(), vertices_[0].lon_deg, vertices_[0].lat_deg));
}

std::vector<Point> region_grid(const Polygon& region, double spacing_km) {
  SHAKEFIELD_EXPECT(spacing_km > 0);
  const ProjectedPolygon ring = region.outline().dilated(spacing_km);
  std::vector<Point> corners;
  for (const PlanePoint& p : ring.ring()) corners.push_back(region.projection().inverse(p));
  std::vector<Point> sites = walk(BoundingBox::of(corners), ring, region.projection(), spacing_km);
  for (Point& p : sites) p = {round5(p.lon_deg), round5(p.lat_deg), 0};
  std::ranges::sort(sites, {}, [](const Point& p) { return std::pair(p.lon_deg, p.lat_deg); });
  return sites;
}

std::vector<Point> discretize(const Polygon& area, double spacing_km) {
  SHAKEFIELD_EXPECT(spacing_km > 0);
  return walk(BoundingBox::of(area.vertices()), area.outline(), area.projection(), spacing_km);
}

}  // namespace shakefield::geo
