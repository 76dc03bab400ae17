// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/planar_surface.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "azimuths.hpp"
#include "unit_columns.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {

namespace {

using geo::Vec3;

/// Corners may leave the plane, and edges differ in length, by this part of width times length
/// (peer's rule).
constexpr double corner_tolerance = 0.004;

/// Great circles along the four sides of the plane's projection, as normals. Like the peer's they
/// go through the corners in the direction of the strike, or across it, each by its own meridian.
/// Near the poles meridians converge so much that this is no direction for all corners any more:
/// there the circles go through the corners alone.
struct Sides {
  Vec3 top, bottom, left, right;

  Sides(const PlanarCorners& c, double strike_deg) {
    if (one_strike_holds(c)) {
      top = right_of(c.top_left, strike_deg);
      bottom = right_of(c.bottom_left, strike_deg);
      left = right_of(c.top_left, strike_deg + 90);
      right = right_of(c.top_right, strike_deg + 90);
    } else {
      top = unit(cross(up(c.top_right), up(c.top_left)));
      bottom = unit(cross(up(c.bottom_right), up(c.bottom_left)));
      left = unit(cross(top, up(c.top_left)));
      right = unit(cross(top, up(c.top_right)));
    }
  }

 private:
  /// Whether the azimuths of both edges, at either end, differ by a few degrees at most: a plane of
  /// 100 km turns by 0.9 degrees at 45 degrees north and by 5 at 80.
  static bool one_strike_holds(const PlanarCorners& c) {
    constexpr double limit_deg = 5;
    const double top_deg = geo::azimuth_deg(c.top_left, c.top_right);
    const auto differs = [&](double azimuth_deg) {
      return std::abs(std::remainder(azimuth_deg - top_deg, 360)) > limit_deg;
    };
    return !differs(geo::azimuth_deg(c.top_right, c.top_left) + 180) &&
           !differs(geo::azimuth_deg(c.bottom_left, c.bottom_right));
  }
};

void fill_r_jb(const PlanarCorners& corners, const Sides& sides, const geo::PointsView& sites,
               std::span<double> out) {
  const std::array<Vec3, 4> ends = {up(corners.top_left), up(corners.top_right),
                                    up(corners.bottom_left), up(corners.bottom_right)};
  const UnitColumns site(sites);
  for (std::size_t i = 0; i < site.size(); ++i) {
    const double across = outside_strip(site.dot(sides.top, i), site.dot(sides.bottom, i));
    const double along = outside_strip(site.dot(sides.left, i), site.dot(sides.right, i));
    double chord2 = 4;
    for (const Vec3& end : ends) {
      const double dx = site.x[i] - end.x, dy = site.y[i] - end.y, dz = site.z[i] - end.z;
      chord2 = std::min(chord2, dx * dx + dy * dy + dz * dz);
    }
    const double corner = std::sqrt(chord2 * (1 - chord2 / 4));
    out[i] = across > 0 && along > 0 ? corner : std::max(across, along);
  }
  for (std::size_t i = 0; i < site.size(); ++i) out[i] = arc_of_sine_km(out[i]);
}

}  // namespace

PlanarSurface::Rectangle::Rectangle(const PlanarCorners& corners)
    : origin(geo::to_cartesian(corners.top_left)) {
  const Vec3 top_right = geo::to_cartesian(corners.top_right) - origin;
  const Vec3 bottom_left = geo::to_cartesian(corners.bottom_left) - origin;
  const Vec3 bottom_right = geo::to_cartesian(corners.bottom_right) - origin;
  along = unit(top_right);
  down = unit(bottom_left - dot(bottom_left, along) * along);
  length_km = (norm(top_right) + dot(bottom_right - bottom_left, along)) / 2;
  width_km = (dot(bottom_left, down) + dot(bottom_right - top_right, down)) / 2;
}

void PlanarSurface::Rectangle::fill_r_rup(const geo::PointsView& sites,
                                          std::span<double> out) const {
  for (std::size_t i = 0; i < sites.x.size(); ++i) {
    const double dx = sites.x[i] - origin.x, dy = sites.y[i] - origin.y, dz = sites.z[i] - origin.z;
    const double s = dx * along.x + dy * along.y + dz * along.z;
    const double t = dx * down.x + dy * down.y + dz * down.z;
    const double s_in = std::min(std::max(s, 0.0), length_km);
    const double t_in = std::min(std::max(t, 0.0), width_km);
    const double ex = dx - s_in * along.x - t_in * down.x;
    const double ey = dy - s_in * along.y - t_in * down.y;
    const double ez = dz - s_in * along.z - t_in * down.z;
    out[i] = std::sqrt(ex * ex + ey * ey + ez * ez);
  }
}

PlanarCorners corners_about(const geo::Point& centre, double strike_deg, double dip_deg,
                            double length_km, double width_km) {
  const double dip = core::to_radians(dip_deg);
  const double half_across = width_km * std::cos(dip) / 2;
  const double half_height = width_km * std::sin(dip) / 2;
  const double to_corner = std::hypot(length_km / 2, half_across);
  const double theta = core::to_degrees(std::atan2(half_across, length_km / 2));
  const auto corner = [&](double azimuth_deg, double vertical_km) {
    return geo::destination(centre, azimuth_deg, to_corner, vertical_km);
  };
  return {corner(strike_deg + 180 + theta, -half_height), corner(strike_deg - theta, -half_height),
          corner(strike_deg + 180 - theta, half_height), corner(strike_deg + theta, half_height)};
}

PlanarSurface::PlanarSurface(const PlanarCorners& corners, double strike_deg, double dip_deg,
                             double width_km)
    : corners_(corners),
      rectangle_(corners),
      strike_deg_(strike_deg),
      dip_deg_(dip_deg),
      width_km_(width_km) {}

PlanarSurface PlanarSurface::from_corners(const PlanarCorners& corners, core::Problems* warnings,
                                          const core::InputPlace& place) {
  const auto& [top_left, top_right, bottom_left, bottom_right] = corners;
  const auto require = [&](bool condition, const std::string& message) {
    core::validate(condition, core::ErrorKind::data, message, place);
  };
  require(top_left.depth_km == top_right.depth_km && bottom_left.depth_km == bottom_right.depth_km,
          fmt::format("corners of a plane at depths {}, {} (top) and {}, {} km (bottom) (its edges "
                      "must be horizontal), give both corners of an edge the same depth",
                      top_left.depth_km, top_right.depth_km, bottom_left.depth_km,
                      bottom_right.depth_km));
  require(bottom_left.depth_km > top_left.depth_km,
          fmt::format("bottom of a plane at {} km, its top at {} km (the bottom must lie deeper), "
                      "exchange top and bottom corners",
                      bottom_left.depth_km, top_left.depth_km));
  const double length = geo::distance_km(top_left, top_right);
  const double width = geo::distance_km(top_left, bottom_left);
  require(length > 0,
          "left and right corner of a plane are the same point (its length is 0), "
          "give four different corners");
  const double tolerance = corner_tolerance * width * length;
  const double bottom_length = geo::distance_km(bottom_left, bottom_right);
  require(std::abs(length - bottom_length) <= tolerance,
          fmt::format("top edge of a plane is {:.3f} km long, its bottom edge {:.3f} km (they may "
                      "differ by {:.3f} km), give the corners of a rectangle",
                      length, bottom_length, tolerance));
  const Rectangle plane(corners);
  const double off_plane =
      std::abs(dot(geo::to_cartesian(bottom_right) - plane.origin, cross(plane.along, plane.down)));
  if (warnings != nullptr && off_plane > tolerance)
    warnings->warn(fmt::format("corners of a plane are not in one plane (the bottom right one is "
                               "{:.3f} km off, up to {:.3f} km is usual), check the coordinates",
                               off_plane, tolerance),
                   place);
  const double dip = core::to_degrees(
      std::asin(std::min(1.0, (bottom_left.depth_km - top_left.depth_km) / width)));
  return PlanarSurface(corners, geo::azimuth_deg(top_left, top_right), dip, plane.width_km);
}

SurfaceParameters PlanarSurface::parameters() const {
  return {strike_deg_, dip_deg_, width_km_, corners_.top_left.depth_km,
          corners_.bottom_right.depth_km};
}

double PlanarSurface::area_km2() const {
  return rectangle_.length_km * width_km_;
}

BoundingSphere PlanarSurface::bound() const {
  const auto& [top_left, top_right, bottom_left, bottom_right] = corners_;
  const std::array<Vec3, 4> ends = {geo::to_cartesian(top_left), geo::to_cartesian(top_right),
                                    geo::to_cartesian(bottom_left),
                                    geo::to_cartesian(bottom_right)};
  const Vec3 centre = 0.25 * (ends[0] + ends[1] + ends[2] + ends[3]);
  double radius = 0;
  for (const Vec3& end : ends) radius = std::max(radius, norm(end - centre));
  return {centre, radius};
}

geo::Point PlanarSurface::middle() const {
  return middle_of(corners_.top_left, corners_.bottom_right);
}

void PlanarSurface::nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const {
  const auto& [origin, along, down, length_km, width_km] = rectangle_;
  for (std::size_t i = 0; i < sites.size; ++i) {
    const Vec3 from_corner = Vec3{sites.x[i], sites.y[i], sites.z[i]} - origin;
    const double s = std::clamp(dot(from_corner, along), 0.0, length_km);
    const double t = std::clamp(dot(from_corner, down), 0.0, width_km);
    out[i] = geo::to_geographic(origin + s * along + t * down);
  }
}

void PlanarSurface::distances(const geo::PointsView& sites, DistanceSet wanted,
                              const DistanceColumns& out) const {
  if (contains(wanted, Distance::r_rup)) rectangle_.fill_r_rup(sites, out.r_rup);
  if (wanted == static_cast<DistanceSet>(Distance::r_rup)) return;
  const Sides sides(corners_, strike_deg_);
  if (contains(wanted, Distance::r_jb)) fill_r_jb(corners_, sides, sites, out.r_jb);
  if (contains(wanted, Distance::r_x) || contains(wanted, Distance::r_y0)) {
    const UnitColumns site(sites);
    for (std::size_t i = 0; i < site.size(); ++i) {
      if (contains(wanted, Distance::r_x)) out.r_x[i] = arc_of_sine_km(site.dot(sides.top, i));
      if (contains(wanted, Distance::r_y0))
        out.r_y0[i] =
            arc_of_sine_km(outside_strip(site.dot(sides.left, i), site.dot(sides.right, i)));
    }
  }
  if (contains(wanted, Distance::azimuth)) fill_azimuths(middle(), strike_deg_, sites, out.azimuth);
}

std::vector<geo::Point> PlanarSurface::nodes() const {
  return {corners_.top_left, corners_.top_right, corners_.bottom_left, corners_.bottom_right};
}

}  // namespace shakefield::rupture
