// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "rupture_walk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "shakefield/source/distant_source.hpp"

namespace shakefield::calc {
namespace {

/// Magnitudes reach the models rounded to 3 decimals, as the peer rounds them.
double rounded_mag(double mag) {
  return std::round(mag * 1000) / 1000;
}

double km_between(const geo::Vec3& a, const geo::Vec3& b) {
  return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

}  // namespace

bool RuptureStep::is_poisson() const {
  return source.temporal_model().kind == source::TemporalModel::Kind::poisson &&
         source.probs_occur(index).empty();
}

double RuptureStep::non_exceedance(double time_yr, double poe) const {
  const std::span<const double> probs_occur = source.probs_occur(index);
  const double none =
      probs_occur.empty()
          ? source::non_exceedance(source.temporal_model(), rupture.occurrence_rate, time_yr, poe)
          : source::non_exceedance(probs_occur, poe);
  return std::clamp(none, 0.0, 1.0);
}

double RuptureWalk::minimum_magnitude(const std::string& region) const {
  const auto& by_region = job_.parameters.minimum_magnitude;
  const auto found = by_region.find(region);
  return found == by_region.end() ? by_region.at("default") : found->second;
}

bool RuptureWalk::may_reach(const source::Source& source) const {
  if (dynamic_cast<const source::DistantSource*>(&source)) return false;
  const rupture::BoundingSphere bound = source.bound();
  const double reach = job_.parameters.maximum_distance.largest();
  return std::ranges::any_of(tiles_, [&](const site::Tile& tile) {
    return km_between(tile.centre, bound.centre) <= tile.radius_km + bound.radius_km + reach + 1e-3;
  });
}

void RuptureWalk::step(const source::Source& source, std::size_t index, rupture::Rupture rupture,
                       double reach_km, const field::Zone& zone, const Visit& visit) const {
  if (reach_km <= 0) return;
  rupture.mag = rounded_mag(rupture.mag);
  visit({source, index, std::move(rupture), reach_km, zone});
}

void RuptureWalk::visit_share(
    const HazardTree& tree, std::size_t share,
    const std::function<void(const RuptureStep&, const HazardItem&)>& visit,
    const std::function<void(const HazardItem&)>& visit_group) const {
  for (std::size_t u = tree.share_begin[share]; u < tree.share_begin[share + 1]; ++u) {
    const HazardItem& item = tree.items[tree.units[u].item];
    if (item.group)
      visit_group(item);
    else
      visit_unit(tree.units[u], item, [&](const RuptureStep& step) { visit(step, item); });
  }
}

void RuptureWalk::visit_unit(const HazardUnit& unit, const HazardItem& item,
                             const Visit& visit) const {
  const source::Source& source = *item.sources.front();
  if (!may_reach(source)) return;
  const auto* points = dynamic_cast<const source::PointFamilies*>(&source);
  if (points && points->has_means()) return visit_families(*points, unit, visit);
  const double least = minimum_magnitude(source.tectonic_region());
  for (std::size_t index = unit.first; index < unit.last; ++index) {
    rupture::Rupture rupture = source.rupture(index);
    if (rupture.mag < least) continue;
    double reach = job_.parameters.maximum_distance.km(source.tectonic_region(), rupture.mag);
    if (points) reach = std::nextafter(reach, 0.0);
    step(source, index, std::move(rupture), reach, {}, visit);
  }
}

void RuptureWalk::visit_member(const source::Source& source, const Visit& visit) const {
  const double least = minimum_magnitude(source.tectonic_region());
  for (std::size_t index = 0; index < source.num_ruptures(); ++index) {
    rupture::Rupture rupture = source.rupture(index);
    if (rupture.mag < least) continue;
    const double reach = job_.parameters.maximum_distance.km(source.tectonic_region(), rupture.mag);
    step(source, index, std::move(rupture), reach, {}, visit);
  }
}

/// The ruptures of each point and magnitude near the point, one rupture of their means beyond
/// pointsource_distance.
void RuptureWalk::visit_families(const source::PointFamilies& source, const HazardUnit& unit,
                                 const Visit& visit) const {
  const std::string& region = source.tectonic_region();
  const double least = minimum_magnitude(region);
  for (std::size_t first = unit.first, last = first; first < unit.last; first = last) {
    const source::PointFamilies::Family family = source.family(first);
    last = family.last;
    // Sites at the very limit are out of reach of point sources, and of no others: the peer's.
    const double reach =
        std::nextafter(job_.parameters.maximum_distance.km(region, family.mag), 0.0);
    if (family.mag < least || reach <= 0) continue;
    field::Zone near = near_zone(source, family, reach), far = near;
    std::swap(far.beyond_km, far.within_km);
    if (far.within_km < 0) far.within_km = std::numeric_limits<double>::infinity();
    if (near.within_km >= 0)
      for (std::size_t index = first; index < last; ++index)
        step(source, index, source.rupture(index), reach, near, visit);
    if (far.beyond_km < std::numeric_limits<double>::infinity())
      step(source, first, source.mean_rupture(first), reach, far, visit);
  }
}

/// Where all planes and depths count. Up to max_sites_disagg sites are near or far together, by
/// those that the point can reach at all.
field::Zone RuptureWalk::near_zone(const source::PointFamilies& source,
                                   const source::PointFamilies::Family& family,
                                   double reach) const {
  const job::Parameters& p = job_.parameters;
  field::Zone zone;
  // Of a square of the grid, to its corner: the peer's figure.
  const double half_cell = 0.707 * p.hazard.ps_grid_spacing_km;
  zone.centre = geo::to_cartesian(family.point);
  zone.within_km = p.hazard.pointsource_distance.km(source.tectonic_region(), family.mag) +
                   std::min(family.radius_km, reach / 2) + half_cell;
  if (job_.sites.size() > p.hazard.max_sites_disagg) return zone;
  const double widest = p.maximum_distance.km(source.tectonic_region(), source.max_mag());
  const double limit = std::min(zone.within_km, 1.5 * std::max(widest, reach) + half_cell);
  const bool any_near = std::ranges::any_of(job_.sites.points(), [&](const geo::Point& point) {
    return km_between(geo::to_cartesian(point), zone.centre) <= limit;
  });
  zone.within_km = any_near ? std::numeric_limits<double>::infinity() : -1;
  return zone;
}

hazard::GroupLaw law_of(const source::SourceGroup& group, double time_yr) {
  using enum source::Interdependence;
  return {group.sources == mutually_exclusive, group.ruptures == mutually_exclusive,
          group.probability, group.is_cluster, group.cluster_rate.value_or(0) * time_yr};
}

}  // namespace shakefield::calc
