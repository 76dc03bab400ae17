// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_geometry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "shakefield/rupture/multi_surface.hpp"
#include "shakefield/rupture/planar_surface.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

constexpr double highest_ground_km = -8.848, earth_radius_km = 6371;

double rounded5(double degrees) {
  return std::nearbyint(degrees * 1e5) / 1e5;
}

std::shared_ptr<const rupture::Surface> planar_surface(const XmlNode& node,
                                                       core::Problems& problems) {
  const rupture::PlanarCorners corners{
      located(node.child("topLeft")), located(node.child("topRight")),
      located(node.child("bottomLeft")), located(node.child("bottomRight"))};
  return std::make_shared<rupture::PlanarSurface>(
      rupture::PlanarSurface::from_corners(corners, &problems, node.place()));
}

}  // namespace

geo::Point checked_point(const XmlNode& at, double lon_deg, double lat_deg, double depth_km) {
  if (std::abs(lon_deg) > 180)
    at.fail(
        fmt::format("longitude {} is out of range (allowed: [-180, 180]), correct it", lon_deg));
  if (std::abs(lat_deg) > 90)
    at.fail(fmt::format(
        "latitude {} is out of range (allowed: [-90, 90]), check the order: longitude first",
        lat_deg));
  if (!(depth_km > highest_ground_km - 1e-9 && depth_km < earth_radius_km))
    at.fail(
        fmt::format("depth {} km is out of range (allowed: -8.848 to 6371), correct it", depth_km));
  return {rounded5(lon_deg), rounded5(lat_deg), depth_km};
}

std::vector<geo::Point> pos_list(const XmlNode& node, std::size_t n) {
  const std::vector<double> x = node.numbers();
  if (x.empty() || x.size() % n != 0)
    node.fail(fmt::format(
        "{} has {} numbers (a multiple of {} is expected: longitude, latitude{}), correct the list",
        node.name(), x.size(), n, n == 3 ? ", depth" : ""));
  std::vector<geo::Point> points;
  for (std::size_t i = 0; i < x.size(); i += n)
    points.push_back(checked_point(node, x[i], x[i + 1], n == 3 ? x[i + 2] : 0));
  return points;
}

std::vector<geo::Point> line_string(const XmlNode& node, std::size_t n) {
  return pos_list(node.child("LineString").child("posList"), n);
}

geo::Point located(const XmlNode& node) {
  return checked_point(node, node.number_attribute("lon"), node.number_attribute("lat"),
                       node.number_attribute("depth"));
}

rupture::SimpleFaultGeometry simple_fault_geometry(const XmlNode& node) {
  return {line_string(node, 2), node.child("dip").number(0, 90),
          node.child("upperSeismoDepth").number(0, earth_radius_km),
          node.child("lowerSeismoDepth").number(0, earth_radius_km)};
}

rupture::ComplexFaultGeometry complex_fault_geometry(const XmlNode& node) {
  rupture::ComplexFaultGeometry fault;
  fault.edges.push_back(line_string(node.child("faultTopEdge"), 3));
  for (const XmlNode& edge : node.children("intermediateEdge"))
    fault.edges.push_back(line_string(edge, 3));
  fault.edges.push_back(line_string(node.child("faultBottomEdge"), 3));
  return fault;
}

rupture::KiteGeometry kite_geometry(const XmlNode& node) {
  rupture::KiteGeometry fault;
  for (const XmlNode& profile : node.children("profile"))
    fault.profiles.push_back(line_string(profile, 3));
  return fault;
}

geo::Polygon area_polygon(const XmlNode& node) {
  const XmlNode ring = node.child("Polygon").child("exterior").child("LinearRing").child("posList");
  std::vector<geo::Point> vertices = pos_list(ring, 2);
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  if (vertices.size() > 1 && vertices.front() == vertices.back()) vertices.pop_back();
  return at_place(ring, [&] { return geo::Polygon(std::move(vertices)); });
}

std::shared_ptr<const rupture::Surface> read_surface(const XmlNode& parent,
                                                     const MeshSpacings& spacings,
                                                     core::Problems& problems) {
  using Surface = std::shared_ptr<const rupture::Surface>;
  std::vector<Surface> parts;
  for (const XmlNode& plane : parent.children("planarSurface"))
    parts.push_back(at_place(plane, [&] { return planar_surface(plane, problems); }));
  const bool has_planes = !parts.empty();
  for (const XmlNode& kite : parent.children("kiteSurface")) {
    if (has_planes)
      kite.fail("planarSurface and kiteSurface are mixed (a surface has one kind), remove one");
    parts.push_back(at_place(
        kite, [&] { return rupture::make_kite_surface(kite_geometry(kite), spacings.simple_km); }));
  }
  if (parts.size() == 1) return parts.front();
  if (!parts.empty()) return std::make_shared<rupture::MultiSurface>(std::move(parts));
  if (const auto node = parent.find("simpleFaultGeometry"))
    return at_place(*node, [&]() -> Surface {
      return rupture::make_simple_fault_surface(simple_fault_geometry(*node), spacings.simple_km);
    });
  if (const auto node = parent.find("complexFaultGeometry"))
    return at_place(*node, [&]() -> Surface {
      return rupture::make_complex_fault_surface(complex_fault_geometry(*node),
                                                 spacings.complex_km);
    });
  if (const auto node = parent.find("griddedSurface"))
    return at_place(*node, [&]() -> Surface {
      return rupture::make_gridded_surface(pos_list(node->child("posList"), 3));
    });
  parent.fail(
      fmt::format("{} has no geometry (simpleFaultGeometry, complexFaultGeometry, planarSurface, "
                  "kiteSurface or griddedSurface is expected), add one",
                  parent.name()));
}

double read_rake(const XmlNode& at, const std::string& text) {
  if (text == "undefined") return std::numeric_limits<double>::quiet_NaN();
  double rake = 0;
  if (!parse_number(text, rake) || !(rake > -180 && rake <= 180))
    at.fail(fmt::format(
        "rake = '{}' is out of range (allowed: (-180, 180] or the word undefined), correct it",
        text));
  return rake;
}

}  // namespace shakefield::job
