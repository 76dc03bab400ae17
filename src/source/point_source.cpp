// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/point_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/units.hpp"
#include "shakefield/rupture/planar_surface.hpp"

namespace shakefield::source {

namespace {

struct Size {
  double length_km, width_km;
};

/// Size of a rupture: by the aspect ratio, but not wider than the seismogenic layer; then longer,
/// so that the area is kept.
Size rupture_size(const PointProperties& p, double mag, const NodalPlane& plane) {
  const double area = p.scaling.area_km2(mag, plane.rake_deg);
  const double length = std::sqrt(area * p.aspect_ratio.at(mag));
  const double width = area / length;
  const double widest =
      (p.lower_depth_km - p.upper_depth_km) / std::sin(core::to_radians(plane.dip_deg));
  return width > widest ? Size{area / widest, widest} : Size{length, width};
}

void check(const SourceInfo& info, const PointProperties& p, std::size_t points,
           const std::vector<MagnitudeBins>& bins) {
  const auto require = [&](bool condition, const std::string& message) {
    core::validate(condition, core::ErrorKind::data,
                   fmt::format("source \"{}\": {}", info.id, message));
  };
  require(points > 0, "no points (nothing can break), give at least one");
  require(bins.size() == 1 || bins.size() == points,
          fmt::format("{} distributions for {} points (one each is expected), correct them",
                      bins.size(), points));
  for (const MagnitudeBins& of_point : bins)
    require(!of_point.empty(), "no magnitude with a rate above 0 (nothing can break), give rates");
  require(p.upper_depth_km < p.lower_depth_km,
          fmt::format("seismogenic layer from {} to {} km (the upper depth must be less than the "
                      "lower one), correct the depths",
                      p.upper_depth_km, p.lower_depth_km));
  for (const HypoDepth& depth : p.hypo_depths)
    require(depth.depth_km >= p.upper_depth_km && depth.depth_km <= p.lower_depth_km,
            fmt::format("hypocentral depth of {} km (allowed: {} to {} km, the seismogenic layer), "
                        "correct it",
                        depth.depth_km, p.upper_depth_km, p.lower_depth_km));
}

double largest_mag(const std::vector<MagnitudeBins>& bins) {
  double largest = 0;
  for (const MagnitudeBins& of_point : bins)
    largest = std::max(largest, std::ranges::max(of_point, {}, &MagnitudeBin::mag).mag);
  return largest;
}

NodalPlane mean_of(const std::vector<NodalPlane>& planes) {
  NodalPlane mean{1, 0, 0, 0};
  for (const NodalPlane& p : planes) {
    mean.strike_deg += p.probability * p.strike_deg;
    mean.dip_deg += p.probability * p.dip_deg;
    mean.rake_deg += p.probability * p.rake_deg;
  }
  return mean;
}

HypoDepth mean_of(const std::vector<HypoDepth>& depths) {
  HypoDepth mean{1, 0, 0};
  for (const HypoDepth& d : depths) {
    mean.depth_km += d.probability * d.depth_km;
    mean.dip_fraction += d.probability * d.dip_fraction;
  }
  return mean;
}

/// A plane holds the column below its point, however it was shifted: no corner is farther from the
/// point at the surface than this.
double reach_of(const PointProperties& p, double max_mag) {
  double reach = 0;
  for (const NodalPlane& plane : p.nodal_planes) {
    const Size size = rupture_size(p, max_mag, plane);
    reach = std::max(reach, size.length_km / 2 + size.width_km);
  }
  return reach + std::max(std::abs(p.upper_depth_km), std::abs(p.lower_depth_km));
}

/// Sphere about points at the surface.
rupture::BoundingSphere bound_of(const std::vector<geo::Point>& points) {
  geo::Vec3 centre;
  std::vector<geo::Vec3> at;
  for (const geo::Point& point : points) {
    at.push_back(geo::to_cartesian({point.lon_deg, point.lat_deg, 0}));
    centre = {centre.x + at.back().x, centre.y + at.back().y, centre.z + at.back().z};
  }
  const auto n = static_cast<double>(points.size());
  centre = {centre.x / n, centre.y / n, centre.z / n};
  double radius = 0;
  for (const geo::Vec3& v : at)
    radius = std::max(radius, std::hypot(v.x - centre.x, v.y - centre.y, v.z - centre.z));
  return {centre, radius};
}

}  // namespace

PointSource::PointSource(const SourceInfo& info, const PointProperties& properties,
                         const std::vector<geo::Point>& points)
    : PointSource(info, properties, points,
                  {scaled(properties.bins, 1 / static_cast<double>(points.size()))}) {}

PointSource::PointSource(const SourceInfo& info, PointProperties properties,
                         std::vector<geo::Point> points, std::vector<MagnitudeBins> bins)
    : PointFamilies(info),
      properties_(std::move(properties)),
      points_(std::move(points)),
      bins_(std::move(bins)) {
  properties_.nodal_planes = merged(std::move(properties_.nodal_planes));
  properties_.hypo_depths = merged(std::move(properties_.hypo_depths));
  if (properties_.equivalent_distances) {
    properties_.nodal_planes = {mean_of(properties_.nodal_planes)};
    properties_.hypo_depths = {mean_of(properties_.hypo_depths)};
    properties_.scaling = ScalingRelation::named("PointMSR");
  }
  check(info, properties_, points_.size(), bins_);
  if (bins_.size() > 1) {
    const std::size_t a_bin = properties_.nodal_planes.size() * properties_.hypo_depths.size();
    first_index_.push_back(0);
    for (const MagnitudeBins& of_point : bins_)
      first_index_.push_back(first_index_.back() + of_point.size() * a_bin);
  }
  max_mag_ = largest_mag(bins_);
  reach_km_ = reach_of(properties_, max_mag_);
  bound_ = bound_of(points_);
  bound_.radius_km += reach_km_;
}

std::size_t PointSource::num_ruptures() const {
  if (!first_index_.empty()) return first_index_.back();
  return points_.size() * bins_.front().size() * properties_.nodal_planes.size() *
         properties_.hypo_depths.size();
}

PointSource::Place PointSource::place_of(std::size_t index) const {
  const std::size_t planes = properties_.nodal_planes.size();
  const std::size_t depths = properties_.hypo_depths.size();
  std::size_t point = 0, in_point = 0;
  if (first_index_.empty()) {
    const std::size_t a_point = bins_.front().size() * planes * depths;
    point = index / a_point;
    in_point = index % a_point;
  } else {
    point = static_cast<std::size_t>(std::ranges::upper_bound(first_index_, index) -
                                     first_index_.begin()) -
            1;
    in_point = index - first_index_[point];
  }
  return {point, in_point / (planes * depths), in_point / depths % planes, in_point % depths};
}

void PointSource::go_on(Place& place) const {
  if (++place.depth < properties_.hypo_depths.size()) return;
  place.depth = 0;
  if (++place.plane < properties_.nodal_planes.size()) return;
  place.plane = 0;
  if (++place.bin < bins_at(place.point).size()) return;
  place.bin = 0;
  ++place.point;
}

double PointSource::rate_at(const Place& place) const {
  return bins_at(place.point)[place.bin].rate * properties_.nodal_planes[place.plane].probability *
         properties_.hypo_depths[place.depth].probability;
}

void PointSource::for_each_rate(
    std::size_t first, std::size_t last,
    const std::function<void(std::size_t, double, double)>& visit) const {
  SHAKEFIELD_EXPECT(last <= num_ruptures());
  if (first >= last) return;
  Place place = place_of(first);
  for (std::size_t index = first; index < last; ++index, go_on(place))
    visit(index, bins_at(place.point)[place.bin].mag, rate_at(place));
}

rupture::Rupture PointSource::rupture(std::size_t index) const {
  SHAKEFIELD_EXPECT(index < num_ruptures());
  const Place place = place_of(index);
  return build(points_[place.point], {bins_at(place.point)[place.bin].mag, rate_at(place)},
               properties_.nodal_planes[place.plane], properties_.hypo_depths[place.depth]);
}

std::size_t PointSource::first_of(std::size_t point) const {
  if (!first_index_.empty()) return first_index_[point];
  return point * bins_.front().size() * ruptures_per_magnitude();
}

std::size_t PointSource::ruptures_per_magnitude() const {
  return properties_.nodal_planes.size() * properties_.hypo_depths.size();
}

PointFamilies::Family PointSource::family(std::size_t index) const {
  const Place place = place_of(index);
  const MagnitudeBin& bin = bins_at(place.point)[place.bin];
  const NodalPlane& last = properties_.nodal_planes.back();
  const Size size = rupture_size(properties_, bin.mag, last);
  const double across = size.width_km * std::cos(core::to_radians(last.dip_deg));
  const geo::Point& point = points_[place.point];
  const std::size_t first = first_of(place.point) + place.bin * ruptures_per_magnitude();
  return {{point.lon_deg, point.lat_deg, 0},
          bin.mag,
          std::hypot(size.length_km, across) / 2,
          first,
          first + ruptures_per_magnitude()};
}

rupture::Rupture PointSource::mean_rupture(std::size_t index) const {
  const Place place = place_of(index);
  return build(points_[place.point], bins_at(place.point)[place.bin],
               mean_of(properties_.nodal_planes), mean_of(properties_.hypo_depths));
}

rupture::Rupture PointSource::build(const geo::Point& point, const MagnitudeBin& bin,
                                    const NodalPlane& plane, const HypoDepth& depth) const {
  const Size size = rupture_size(properties_, bin.mag, plane);
  const double dip = core::to_radians(plane.dip_deg);
  const double half_height = size.width_km * std::sin(dip) / 2;
  const auto moved = [&](const geo::Point& p, double down_km) {
    return geo::destination(p, plane.strike_deg + 90, down_km / std::tan(dip), down_km);
  };
  const double to_fraction = (1 - 2 * depth.dip_fraction) * half_height;
  const double middle_depth = depth.depth_km + to_fraction;
  double into_layer = 0;
  if (middle_depth - half_height < properties_.upper_depth_km)
    into_layer = properties_.upper_depth_km - (middle_depth - half_height);
  else if (middle_depth + half_height > properties_.lower_depth_km)
    into_layer = properties_.lower_depth_km - (middle_depth + half_height);

  const geo::Point hypocentre{point.lon_deg, point.lat_deg, depth.depth_km};
  const geo::Point centre = moved(hypocentre, to_fraction + into_layer);
  rupture::Rupture result;
  result.mag = bin.mag;
  result.rake_deg = plane.rake_deg;
  result.hypocentre = properties_.shift_hypo ? moved(hypocentre, into_layer) : hypocentre;
  result.tectonic_region = tectonic_region();
  result.occurrence_rate = bin.rate;
  rupture::PlanarSurface surface(rupture::corners_about(centre, plane.strike_deg, plane.dip_deg,
                                                        size.length_km, size.width_km),
                                 plane.strike_deg, plane.dip_deg, size.width_km);
  if (const auto& table = properties_.equivalent_distances)
    result.surface = std::make_shared<rupture::EquivalentPoint>(result.hypocentre, bin.mag,
                                                                std::move(surface), table);
  else
    result.surface = std::make_shared<rupture::PlanarSurface>(std::move(surface));
  return result;
}

AreaSource::AreaSource(const SourceInfo& info, const PointProperties& properties,
                       const geo::Polygon& area, double discretization_km)
    : PointSource(info, properties, geo::discretize(area, discretization_km)) {}

}  // namespace shakefield::source
