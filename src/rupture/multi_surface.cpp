// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/multi_surface.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "azimuths.hpp"
#include "generalized_coordinates.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/geo/bounding_box.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {
namespace {

using SurfacePtr = std::shared_ptr<const Surface>;

SurfaceParameters mean_parameters(const std::vector<SurfacePtr>& parts, double area_km2) {
  SurfaceParameters mean{0, 0, 0, 0, 0};
  double east = 0, north = 0;
  for (const SurfacePtr& part : parts) {
    const SurfaceParameters p = part->parameters();
    const double weight =
        area_km2 > 0 ? part->area_km2() / area_km2 : 1 / static_cast<double>(parts.size());
    mean.dip_deg += weight * p.dip_deg;
    mean.width_km += weight * p.width_km;
    mean.ztor_km += weight * p.ztor_km;
    mean.zbot_km += weight * p.zbot_km;
    east += weight * std::sin(core::to_radians(p.strike_deg));
    north += weight * std::cos(core::to_radians(p.strike_deg));
  }
  mean.strike_deg = std::fmod(core::to_degrees(std::atan2(east, north)) + 360, 360);
  return mean;
}

geo::Point middle_of_central_part(const std::vector<SurfacePtr>& parts,
                                  std::vector<geo::Point> nodes) {
  std::erase_if(nodes, [](const geo::Point& p) { return std::isnan(p.depth_km); });
  const geo::Point centre = geo::BoundingBox::of(nodes).middle();
  const geo::Points site(std::span(&centre, 1));
  std::vector<double> r_rup(site.view().x.size());
  DistanceColumns out;
  out.r_rup = r_rup;
  double nearest = std::numeric_limits<double>::infinity();
  const Surface* central = nullptr;
  for (const SurfacePtr& part : parts) {
    part->distances(site.view(), static_cast<DistanceSet>(Distance::r_rup), out);
    if (r_rup[0] < nearest) {
      nearest = r_rup[0];
      central = part.get();
    }
  }
  return central->middle();
}

/// Smallest of the parts' distances of one kind.
void fill_smallest(const std::vector<SurfacePtr>& parts, Distance kind,
                   std::span<double> DistanceColumns::*column, const geo::PointsView& sites,
                   std::span<double> out) {
  std::vector<double> of_part(out.size());
  DistanceColumns columns;
  columns.*column = of_part;
  std::ranges::fill(out, std::numeric_limits<double>::infinity());
  for (const SurfacePtr& part : parts) {
    part->distances(sites, static_cast<DistanceSet>(kind), columns);
    for (std::size_t i = 0; i < sites.x.size(); ++i) out[i] = std::min(out[i], of_part[i]);
  }
}

/// A trace without the vertices at which it turns by 1 degree or less.
std::vector<geo::Point> thinned(const std::vector<geo::Point>& trace) {
  constexpr double least_turn_deg = 1;
  std::vector<geo::Point> kept;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    if (i > 0 && i + 1 < trace.size()) {
      const double turn = std::abs(geo::azimuth_deg(trace[i], trace[i + 1]) -
                                   geo::azimuth_deg(trace[i - 1], trace[i]));
      if (std::min(turn, 360 - turn) <= least_turn_deg) continue;
    }
    kept.push_back(trace[i]);
  }
  return kept;
}

/// Parts that have parts themselves give way to these.
std::vector<SurfacePtr> flattened(std::vector<SurfacePtr> parts) {
  std::vector<SurfacePtr> flat;
  for (SurfacePtr& part : parts) {
    const auto inner = part->parts();
    if (inner.empty())
      flat.push_back(std::move(part));
    else
      flat.insert(flat.end(), inner.begin(), inner.end());
  }
  return flat;
}

}  // namespace

BoundingSphere sphere_around(std::span<const BoundingSphere> parts) {
  BoundingSphere whole;
  for (const BoundingSphere& part : parts) whole.centre = whole.centre + part.centre;
  whole.centre = 1 / static_cast<double>(parts.size()) * whole.centre;
  for (const BoundingSphere& part : parts)
    whole.radius_km = std::max(whole.radius_km, norm(part.centre - whole.centre) + part.radius_km);
  return whole;
}

MultiSurface::MultiSurface(std::vector<SurfacePtr> parts) : parts_(flattened(std::move(parts))) {
  core::validate(!parts_.empty(), core::ErrorKind::data,
                 "surface of several parts without a part (nothing breaks), give at least one");
  for (const SurfacePtr& part : parts_) area_km2_ += part->area_km2();
  parameters_ = mean_parameters(parts_, area_km2_);
  std::vector<BoundingSphere> bounds;
  for (const SurfacePtr& part : parts_) bounds.push_back(part->bound());
  bound_ = sphere_around(bounds);
  middle_ = middle_of_central_part(parts_, nodes());
}

MultiSurface::~MultiSurface() = default;

const GeneralizedCoordinates& MultiSurface::coordinates() const {
  std::call_once(coordinates_made_, [&] {
    std::vector<std::vector<geo::Point>> traces;
    for (const SurfacePtr& part : parts_) {
      traces.push_back(thinned(part->top_edge()));
      core::validate(traces.back().size() > 1, core::ErrorKind::unsupported,
                     "r_x and r_y0 of a gridded surface (its nodes have no top edge), take a "
                     "ground-motion model without them or another kind of surface");
    }
    coordinates_ = std::make_unique<const GeneralizedCoordinates>(std::move(traces));
  });
  return *coordinates_;
}

void MultiSurface::distances(const geo::PointsView& sites, DistanceSet wanted,
                             const DistanceColumns& out) const {
  if (contains(wanted, Distance::r_rup))
    fill_smallest(parts_, Distance::r_rup, &DistanceColumns::r_rup, sites, out.r_rup);
  if (contains(wanted, Distance::r_jb))
    fill_smallest(parts_, Distance::r_jb, &DistanceColumns::r_jb, sites, out.r_jb);
  const bool wants_r_x = contains(wanted, Distance::r_x);
  const bool wants_r_y0 = contains(wanted, Distance::r_y0);
  if (wants_r_x || wants_r_y0)
    coordinates().fill(sites, wants_r_x ? out.r_x : std::span<double>{},
                       wants_r_y0 ? out.r_y0 : std::span<double>{});
  if (contains(wanted, Distance::azimuth))
    fill_azimuths(middle_, parameters_.strike_deg, sites, out.azimuth);
}

void MultiSurface::nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const {
  std::vector<geo::Point> of_part(sites.size);
  std::vector<double> nearest(sites.size, std::numeric_limits<double>::infinity()),
      r_rup(sites.x.size());
  DistanceColumns columns;
  columns.r_rup = r_rup;
  for (const SurfacePtr& part : parts_) {
    part->distances(sites, static_cast<DistanceSet>(Distance::r_rup), columns);
    part->nearest_points(sites, of_part);
    for (std::size_t i = 0; i < sites.size; ++i)
      if (r_rup[i] < nearest[i]) {
        nearest[i] = r_rup[i];
        out[i] = of_part[i];
      }
  }
}

std::vector<geo::Point> MultiSurface::nodes() const {
  std::vector<geo::Point> all;
  for (const SurfacePtr& part : parts_) {
    const std::vector<geo::Point> own = part->nodes();
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

std::pair<std::size_t, std::size_t> MultiSurface::shape() const {
  std::size_t count = 0;
  for (const SurfacePtr& part : parts_) {
    const auto [rows, cols] = part->shape();
    count += rows * cols;
  }
  return {1, count};
}

}  // namespace shakefield::rupture
