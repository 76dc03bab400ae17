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

/// The vertices, with points between them on edges of 100 km and more: int(length / 100 km) equal
/// parts.
std::vector<Point> resample(std::span<const Point> vertices) {
  constexpr double longest_part_km = 100;
  std::vector<Point> points;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const Point& from = vertices[i];
    const Point& to = vertices[(i + 1) % vertices.size()];
    const double length = arc_km(from, to), azimuth = azimuth_deg(from, to);
    const int parts = static_cast<int>(length / longest_part_km);
    points.push_back(from);
    for (int k = 1; k < parts; ++k)
      points.push_back(destination(from, azimuth, length * k / parts));
  }
  return points;
}

ProjectedPolygon project(std::span<const Point> points, const OrthographicProjection& projection) {
  std::vector<PlanePoint> ring;
  for (const Point& p : points) ring.push_back(projection.forward(p.lon_deg, p.lat_deg));
  return ProjectedPolygon(std::move(ring));
}

/// Longitudes that a geodesic of this length takes when it leaves a latitude due east.
double eastward_step_deg(double lat_deg, double spacing_km) {
  constexpr double pole_deg = 90 - 1e-7;  // all longitudes are one place there
  return std::abs(lat_deg) < pole_deg ? destination({0, lat_deg, 0}, 90, spacing_km).lon_deg : 360;
}

/// Points strictly inside the ring, walked from the north-west corner of the box: southwards along
/// its west edge, from each of these points eastwards. Every step east is a geodesic one, brought
/// back to the latitude of its row.
std::vector<Point> walk(const BoundingBox& box, const ProjectedPolygon& ring,
                        const OrthographicProjection& projection, double spacing_km) {
  std::vector<Point> inside;
  Point row{box.west_deg, box.north_deg, 0};
  double previous_lat = 91;
  while (row.lat_deg >= box.south_deg && row.lat_deg < previous_lat) {  // not over the south pole
    const double step_deg = eastward_step_deg(row.lat_deg, spacing_km);
    for (double lon = box.west_deg; lon <= box.east_deg; lon += step_deg)
      if (ring.contains(projection.forward(lon, row.lat_deg)))
        inside.push_back({normalized_lon(lon), row.lat_deg, 0});
    previous_lat = row.lat_deg;
    row = destination(row, 180, spacing_km);
  }
  return inside;
}

bool holds_a_pole(const ProjectedPolygon& outline, const OrthographicProjection& projection) {
  const double centre_lat = projection.inverse({}).lat_deg;
  return outline.contains(projection.forward(0, centre_lat > 0 ? 90 : -90));
}

}  // namespace

Polygon::Polygon(std::vector<Point> vertices)
    : vertices_(without_repeats(std::move(vertices))),
      box_(BoundingBox::of(resample(vertices_))),
      projection_(box_.middle()),
      outline_(project(resample(vertices_), projection_)) {
  if (outline_.crosses_itself())
    throw core::Error(
        core::ErrorKind::data,
        fmt::format("polygon of {} vertices from ({}, {}) crosses or touches itself (its "
                    "inside is not defined), put its vertices in order along the edge",
                    vertices_.size(), vertices_[0].lon_deg, vertices_[0].lat_deg));
  if (holds_a_pole(outline_, projection_))
    throw core::Error(
        core::ErrorKind::unsupported,
        fmt::format("polygon of {} vertices from ({}, {}) holds a pole (rows of points "
                    "from west to east are not defined), cut it along a meridian",
                    vertices_.size(), vertices_[0].lon_deg, vertices_[0].lat_deg));
}

std::vector<Point> region_grid(const Polygon& region, double spacing_km) {
  SHAKEFIELD_EXPECT(spacing_km > 0);
  const ProjectedPolygon ring = region.outline().dilated(spacing_km);
  std::vector<Point> corners;
  for (const PlanePoint& p : ring.ring()) corners.push_back(region.projection().inverse(p));
  std::vector<Point> sites =
      walk(BoundingBox::of(resample(corners)), ring, region.projection(), spacing_km);
  std::ranges::sort(sites, {}, [](const Point& p) { return std::pair(p.lon_deg, p.lat_deg); });
  for (Point& p : sites) p = {rounded_degrees(p.lon_deg), rounded_degrees(p.lat_deg), 0};
  return sites;
}

std::vector<Point> discretize(const Polygon& area, double spacing_km) {
  SHAKEFIELD_EXPECT(spacing_km > 0);
  // As many points as no source has are a slip of the unit: told before they are made.
  constexpr double most_points = 1e7, km_a_degree = 111.2;
  const BoundingBox& box = area.box();
  const double points = (box.east_deg - box.west_deg) * (box.north_deg - box.south_deg) *
                        km_a_degree * km_a_degree / (spacing_km * spacing_km);
  core::validate(points <= most_points, core::ErrorKind::data,
                 fmt::format("an area has about {:.1g} points at a spacing of {} km (at most "
                             "{:.0e}), make the spacing larger",
                             points, spacing_km, most_points));
  return walk(area.box(), area.outline(), area.projection(), spacing_km);
}

}  // namespace shakefield::geo
