// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "shakefield/geo/mesh.hpp"
#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// Kinds of distance from a site to a rupture, as bits of a set.
enum class Distance : std::uint32_t {
  r_rup = 1,  ///< closest distance to the surface, km
  r_jb = 2,   ///< closest horizontal distance to the surface's projection (Joyner-Boore), km
  r_x = 4,    ///< horizontal distance from the top edge, perpendicular to strike, + on the hanging
              ///< wall, km
  r_y0 = 8,   ///< horizontal distance off the end of the rupture, parallel to strike, km
  r_hypo = 16,  ///< to the hypocentre, km
  r_epi = 32,   ///< to the epicentre, km
  azimuth = 64  ///< from the middle of the surface to the site, clockwise from strike, degrees in
                ///< [0, 360)
};
using DistanceSet = std::uint32_t;
constexpr DistanceSet operator|(Distance a, Distance b) {
  return static_cast<DistanceSet>(a) | static_cast<DistanceSet>(b);
}
constexpr bool contains(DistanceSet set, Distance d) {
  return (set & static_cast<DistanceSet>(d)) != 0;
}

/// Columns that distances() fills; a column is touched only if its kind is asked for. Each holds at
/// least N entries rounded up to a multiple of 16.
struct DistanceColumns {
  std::span<double> r_rup, r_jb, r_x, r_y0, r_hypo, r_epi, azimuth;
};

/// What models and tables want to know of a surface.
struct SurfaceParameters {
  double strike_deg = 0;
  double dip_deg = 90;
  double width_km = 0;
  double ztor_km = 0;  ///< depth to the top of rupture
  double zbot_km = 0;
};

/// A sphere (Cartesian, km) that holds the whole surface: the cheap test before any distance.
struct BoundingSphere {
  geo::Vec3 centre;
  double radius_km = 0;
};

enum class SurfaceKind : std::uint8_t { planar, simple_fault, complex_fault, gridded, kite, multi };

/// A rupture surface. Immutable, thread-safe, local.
class Surface {
 public:
  virtual ~Surface() = default;
  virtual SurfaceKind kind() const = 0;
  virtual SurfaceParameters parameters() const = 0;
  virtual BoundingSphere bound() const = 0;
  /// Middle of the surface by the peer's rule for its kind (the hypocentre of floating ruptures).
  virtual geo::Point middle() const = 0;
  /// Fills the asked columns for N sites (r_hypo and r_epi are not a surface's business).
  /// Definitions as the peer's (docs/definitions): planar exact, meshes by nodes. Throws
  /// Error{unsupported} for r_x and r_y0 of gridded surfaces.
  virtual void distances(const geo::PointsView& sites, DistanceSet wanted,
                         const DistanceColumns& out) const = 0;
  /// The point of the surface that is nearest to each of N sites: exact on planes, a node of meshes
  /// (the first one of several). out: at least [N].
  virtual void nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const = 0;
  /// Geometry to store: corner points of planes (4: TL, TR, BL, BR), all nodes of a mesh row by
  /// row, those of the parts one after the other. Kites have NaN where they have no node.
  virtual std::vector<geo::Point> nodes() const = 0;
  /// Rows and columns of nodes() (2 x 2 for a plane, 1 x all for several parts).
  virtual std::pair<std::size_t, std::size_t> shape() const = 0;
  /// Parts of a surface of several parts; else empty.
  virtual std::span<const std::shared_ptr<const Surface>> parts() const { return {}; }
  /// Area in km2; 0 where nodes have no cells (gridded).
  virtual double area_km2() const { return 0; }
  /// The top edge along strike, for distances to several parts; empty for gridded surfaces.
  virtual std::vector<geo::Point> top_edge() const { return {}; }
};

}  // namespace shakefield::rupture
