// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/geo/point.hpp"
#include "shakefield/geo/polygon.hpp"
#include "shakefield/rupture/builders.hpp"
#include "shakefield/rupture/surface.hpp"
#include "xml.hpp"

namespace shakefield::job {

/// Spacings of meshes, km.
struct MeshSpacings {
  double simple_km = 5;
  double complex_km = 5;
};

/// A checked position; longitude and latitude rounded to 5 decimals as the peer reads them.
geo::Point checked_point(const XmlNode& at, double lon_deg, double lat_deg, double depth_km = 0);
/// Points of a gml:posList with 2 or 3 numbers a point.
std::vector<geo::Point> pos_list(const XmlNode& node, std::size_t numbers_a_point);
/// LineString/posList of an element.
std::vector<geo::Point> line_string(const XmlNode& node, std::size_t numbers_a_point);
/// lon, lat, depth attributes.
geo::Point located(const XmlNode& node);

/// Content of simpleFaultGeometry and complexFaultGeometry.
rupture::SimpleFaultGeometry simple_fault_geometry(const XmlNode& node);
rupture::ComplexFaultGeometry complex_fault_geometry(const XmlNode& node);
/// The profiles of a kiteSurface element.
rupture::KiteGeometry kite_geometry(const XmlNode& node);
/// The polygon of an areaGeometry element.
geo::Polygon area_polygon(const XmlNode& node);
/// Surface of the geometry elements below `parent` (a rupture, a section, or the `surface` of a
/// characteristic source): simpleFaultGeometry, complexFaultGeometry, griddedSurface, one or more
/// planarSurface or kiteSurface. Warnings (corners off the plane) go to `problems`.
std::shared_ptr<const rupture::Surface> read_surface(const XmlNode& parent,
                                                     const MeshSpacings& spacings,
                                                     core::Problems& problems);

/// Rake in (-180, 180], or NaN for the word `undefined`.
double read_rake(const XmlNode& at, const std::string& text);

}  // namespace shakefield::job
