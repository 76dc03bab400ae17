// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/gathered_points.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/units.hpp"

namespace shakefield::source {
namespace {

using Member = GatheredPoints::Member;

/// The peer's kilometre on a meridian.
constexpr double degrees_per_km = 0.0089932;

const geo::Point& place(const Member& member) {
  return member.source->points()[member.point];
}

/// Degrees of longitude from one point to another, also across the date line.
double degrees_east(const geo::Point& from, const geo::Point& to) {
  return std::remainder(to.lon_deg - from.lon_deg, 360);
}

SourceInfo info_of(const Source& source) {
  return {source.id(), source.name(), source.tectonic_region(), source.temporal_model()};
}

double total_rate(const MagnitudeBins& bins) {
  double rate = 0;
  for (const MagnitudeBin& bin : bins) rate += bin.rate;
  return rate;
}

/// The source of the mean ruptures.
PointSource mean_of(const std::vector<Member>& members) {
  SHAKEFIELD_EXPECT(!members.empty());
  const PointSource& front = *members.front().source;
  PointProperties mean = front.properties();
  mean.upper_depth_km = mean.lower_depth_km = 0;
  mean.aspect_ratio = {0, 0, 0, 0};
  NodalPlane plane{1, 0, 0, 0};
  HypoDepth depth{1, 0, 0};
  std::map<double, double> rates;
  double whole = 0, east = 0, lat = 0;
  const double part = 1 / static_cast<double>(members.size());
  for (const Member& member : members) {
    const PointProperties& p = member.source->properties();
    const MagnitudeBins& bins = member.source->bins_at(member.point);
    const double rate = total_rate(bins);
    for (const MagnitudeBin& bin : bins) rates[bin.mag] += bin.rate;
    whole += rate;
    east += rate * degrees_east(place(members.front()), place(member));
    lat += rate * place(member).lat_deg;
    mean.upper_depth_km += rate * p.upper_depth_km;
    mean.lower_depth_km += rate * p.lower_depth_km;
    mean.aspect_ratio.low_mag += rate * p.aspect_ratio.low_mag;
    mean.aspect_ratio.low_ratio += rate * p.aspect_ratio.low_ratio;
    mean.aspect_ratio.high_mag += rate * p.aspect_ratio.high_mag;
    mean.aspect_ratio.high_ratio += rate * p.aspect_ratio.high_ratio;
    for (const NodalPlane& n : p.nodal_planes) {
      plane.strike_deg += part * n.probability * n.strike_deg;
      plane.dip_deg += part * n.probability * n.dip_deg;
      plane.rake_deg += part * n.probability * n.rake_deg;
    }
    for (const HypoDepth& d : p.hypo_depths) {
      depth.depth_km += part * d.probability * d.depth_km;
      depth.dip_fraction += part * d.probability * d.dip_fraction;
    }
  }
  for (double* const sum : {&mean.upper_depth_km, &mean.lower_depth_km, &mean.aspect_ratio.low_mag,
                            &mean.aspect_ratio.low_ratio, &mean.aspect_ratio.high_mag,
                            &mean.aspect_ratio.high_ratio, &east, &lat})
    *sum /= whole;
  depth.depth_km = std::clamp(depth.depth_km, mean.upper_depth_km, mean.lower_depth_km);
  mean.nodal_planes = {plane};
  mean.hypo_depths = {depth};
  mean.bins.clear();
  for (const auto& [mag, rate] : rates) mean.bins.push_back({mag, rate});
  const double lon = std::remainder(place(members.front()).lon_deg + east, 360);
  return {info_of(front), mean, {{lon, lat, 0}}};
}

/// Sphere about all members and the mean rupture.
rupture::BoundingSphere bound_of(const std::vector<Member>& members, const PointSource& mean) {
  rupture::BoundingSphere bound = mean.bound();
  for (const Member& member : members) {
    const geo::Vec3 v = geo::to_cartesian({place(member).lon_deg, place(member).lat_deg, 0});
    bound.radius_km =
        std::max(bound.radius_km,
                 member.source->reach_km() +
                     std::hypot(v.x - bound.centre.x, v.y - bound.centre.y, v.z - bound.centre.z));
  }
  return bound;
}

/// Equal cells between two ends.
class Axis {
 public:
  Axis(const std::vector<double>& values, double spacing)
      : low_(std::ranges::min(values)),
        extent_(std::ranges::max(values) - low_),
        cells_(std::ceil(extent_ / spacing)) {}
  double extent() const { return extent_; }
  /// Right-open cells, but for the last one.
  std::size_t cell(double value) const {
    return static_cast<std::size_t>(
        std::min(std::floor((value - low_) / extent_ * cells_), cells_ - 1));
  }

 private:
  double low_, extent_, cells_;
};

SourcePtr alone(const Member& member) {
  return std::make_shared<PointSource>(
      info_of(*member.source), member.source->properties(), std::vector<geo::Point>{place(member)},
      std::vector<MagnitudeBins>{member.source->bins_at(member.point)});
}

}  // namespace

GatheredPoints::GatheredPoints(std::vector<Member> members)
    : PointFamilies(info_of(*members.at(0).source)),
      members_(std::move(members)),
      mean_(mean_of(members_)),
      bound_(bound_of(members_, mean_)) {
  const MagnitudeBins& families = mean_.bins_at(0);
  for (std::uint32_t m = 0; m < members_.size(); ++m) {
    const MagnitudeBins& bins = members_[m].source->bins_at(members_[m].point);
    for (std::uint32_t b = 0; b < bins.size(); ++b) {
      const auto family = std::ranges::lower_bound(families, bins[b].mag, {}, &MagnitudeBin::mag);
      parts_.push_back({0, m, b, static_cast<std::uint32_t>(family - families.begin())});
    }
  }
  std::ranges::stable_sort(parts_, {}, &Part::family);
  for (Part& part : parts_) {
    part.first = num_ruptures_;
    num_ruptures_ += members_[part.member].source->ruptures_per_magnitude();
  }
  for (std::uint32_t f = 0; f <= families.size(); ++f)
    first_part_.push_back(static_cast<std::size_t>(
        std::ranges::lower_bound(parts_, f, {}, &Part::family) - parts_.begin()));
}

const GatheredPoints::Part& GatheredPoints::part_of(std::size_t index) const {
  SHAKEFIELD_EXPECT(index < num_ruptures_);
  return *std::prev(std::ranges::upper_bound(parts_, index, {}, &Part::first));
}

std::size_t GatheredPoints::first_in_source(const Part& part) const {
  const Member& member = members_[part.member];
  return member.source->first_of(member.point) + part.bin * member.source->ruptures_per_magnitude();
}

double GatheredPoints::share(const Part& part) const {
  const Member& member = members_[part.member];
  const auto parts = static_cast<double>(first_part_[part.family + 1] - first_part_[part.family]);
  return mean_.bins_at(0)[part.family].rate / parts /
         member.source->bins_at(member.point)[part.bin].rate;
}

std::size_t GatheredPoints::first_of_family(std::size_t family) const {
  const std::size_t part = first_part_[family];
  return part < parts_.size() ? parts_[part].first : num_ruptures_;
}

void GatheredPoints::for_each_rate(
    std::size_t first, std::size_t last,
    const std::function<void(std::size_t, double, double)>& visit) const {
  SHAKEFIELD_EXPECT(last <= num_ruptures_);
  while (first < last) {
    const Part& part = part_of(first);
    const PointSource& source = *members_[part.member].source;
    const std::size_t end = std::min(last, part.first + source.ruptures_per_magnitude());
    const std::size_t start = first_in_source(part);
    const double factor = share(part);
    source.for_each_rate(start + (first - part.first), start + (end - part.first),
                         [&](std::size_t index, double mag, double rate) {
                           visit(part.first + (index - start), mag, factor * rate);
                         });
    first = end;
  }
}

rupture::Rupture GatheredPoints::rupture(std::size_t index) const {
  const Part& part = part_of(index);
  rupture::Rupture result =
      members_[part.member].source->rupture(first_in_source(part) + (index - part.first));
  result.occurrence_rate *= share(part);
  return result;
}

PointFamilies::Family GatheredPoints::family(std::size_t index) const {
  const std::size_t number = part_of(index).family;
  Family family = mean_.family(number);
  family.point.depth_km = mean_.properties().hypo_depths.front().depth_km;
  family.first = first_of_family(number);
  family.last = first_of_family(number + 1);
  return family;
}

rupture::Rupture GatheredPoints::mean_rupture(std::size_t index) const {
  return mean_.rupture(part_of(index).family);
}

std::vector<SourcePtr> gather_on_grid(
    const std::vector<std::shared_ptr<const PointSource>>& sources, double spacing_km) {
  SHAKEFIELD_EXPECT(spacing_km > 0);
  std::vector<SourcePtr> result(sources.begin(), sources.end());
  if (sources.empty()) return result;
  std::vector<Member> members;
  std::vector<double> east, lat;
  double sum = 0;
  for (const auto& source : sources)
    for (std::size_t p = 0; p < source->points().size(); ++p) {
      members.push_back({source, p});
      east.push_back(degrees_east(place(members.front()), place(members.back())));
      lat.push_back(place(members.back()).lat_deg);
      sum += lat.back();
    }
  const double degrees = spacing_km * degrees_per_km;
  const double mean_lat = sum / static_cast<double>(members.size());
  const Axis columns(east, degrees / std::cos(core::to_radians(mean_lat))), rows(lat, degrees);
  if (columns.extent() <= 0 || rows.extent() <= 0) return result;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Member>> cells;
  for (std::size_t m = 0; m < members.size(); ++m)
    cells[{rows.cell(lat[m]), columns.cell(east[m])}].push_back(members[m]);
  result.clear();
  for (auto& [cell, inside] : cells)
    result.push_back(inside.size() == 1 ? alone(inside.front())
                                        : std::make_shared<GatheredPoints>(std::move(inside)));
  return result;
}

}  // namespace shakefield::source
