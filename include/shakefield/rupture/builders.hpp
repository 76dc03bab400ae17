// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "shakefield/geo/mesh.hpp"
#include "shakefield/rupture/surface.hpp"

namespace shakefield::rupture {

/// A fault by its trace on the ground (>= 2 points, along strike), one dip (0, 90] and two depths,
/// 0 <= upper < lower, km.
struct SimpleFaultGeometry {
  std::vector<geo::Point> trace;
  double dip_deg = 90;
  double upper_depth_km = 0, lower_depth_km = 0;
};

/// A fault by edges from top to bottom (>= 2 edges of >= 2 points with depths), each along strike.
struct ComplexFaultGeometry {
  std::vector<std::vector<geo::Point>> edges;
};

/// Nodes of a fault every `spacing_km` (docs/definitions/sources.md, section 3, "simple fault
/// mesh", "trace resampling"). Throws Error{data} for a geometry out of range or one that gives
/// less than 2 rows or columns.
geo::Mesh simple_fault_mesh(const SimpleFaultGeometry& fault, double spacing_km);
/// Nodes about every `spacing_km` along edges and columns (same place, "complex fault mesh").
/// Throws Error{data} for too few edges, points, rows or columns, and for edges in the wrong order
/// (the dip would exceed 90 degrees).
geo::Mesh complex_fault_mesh(const ComplexFaultGeometry& fault, double spacing_km);

/// A fault by lines down its dip (>= 2 profiles of >= 2 points with depths), in order along strike.
struct KiteGeometry {
  std::vector<std::vector<geo::Point>> profiles;
};
/// Nodes about every `profile_spacing_km` down the profiles and `edge_spacing_km` along the lines
/// that join them (same place, "kite mesh"); NaN where a profile does not reach. Throws Error{data}
/// for too few profiles, points, rows or columns.
geo::Mesh kite_mesh(const KiteGeometry& fault, double profile_spacing_km, double edge_spacing_km);

/// The columns of a simple fault's mesh as profiles. A vertical fault gets a dip of 89.9 degrees,
/// as with the peer.
KiteGeometry kite_of_simple_fault(SimpleFaultGeometry fault, double spacing_km);

/// Surfaces of scenario ruptures. Errors as above.
std::shared_ptr<const Surface> make_simple_fault_surface(const SimpleFaultGeometry& fault,
                                                         double spacing_km);
std::shared_ptr<const Surface> make_complex_fault_surface(const ComplexFaultGeometry& fault,
                                                          double spacing_km);
std::shared_ptr<const Surface> make_kite_surface(const KiteGeometry& fault, double spacing_km);
/// Any number of nodes >= 1, in no order.
std::shared_ptr<const Surface> make_gridded_surface(std::vector<geo::Point> nodes);

/// A rupture known by its hypocentre, magnitude and mechanism only (the key rupture_dict of a job).
struct PointRupture {
  geo::Point hypocentre;
  double mag = 0;
  std::optional<double> rake_deg;  ///< none: undefined
  double strike_deg = 0, dip_deg = 90;
  /// Area by a scaling relation that the job names; then length / width = aspect_ratio. None:
  /// subsurface length and width of Wells & Coppersmith (1994), doi:10.1785/BSSA0840040974, Table
  /// 2A.
  std::optional<double> area_km2;
  double aspect_ratio = 2;
};
/// The plane about the hypocentre; without an area it is moved down dip until its top is not above
/// ground.
std::shared_ptr<const Surface> make_point_rupture_surface(const PointRupture& rupture);

/// Whether the hypocentre lies on the surface: not farther from it than 1 km or, for meshes, the
/// longest diagonal of a cell. (Gridded surfaces have no cells: always true.) If not, the rupture
/// takes Surface::middle(), with a warning.
bool is_on_surface(const Surface& surface, const geo::Point& hypocentre);

}  // namespace shakefield::rupture
