// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "own_sites.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "padding.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::field {
namespace {

/// What rounding may take from a distance to a sphere; the exact test follows.
constexpr double slack_km = 1e-3;

double chord_km(const geo::Vec3& a, const geo::Vec3& b) {
  return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

/// The column of one kind for all sites of the job; empty if the job gives none.
std::vector<double> column_of(const site::SiteParameters& p, gmm::Needs need) {
  const auto widened = [](const std::vector<std::uint8_t>& c) {
    return std::vector<double>(c.begin(), c.end());
  };
  switch (need) {
    case gmm::Needs::vs30:
      return p.vs30;
    case gmm::Needs::vs30measured:
      return widened(p.vs30measured);
    case gmm::Needs::z1pt0:
      return p.z1pt0;
    case gmm::Needs::z2pt5:
      return p.z2pt5;
    case gmm::Needs::backarc:
      return widened(p.backarc);
    case gmm::Needs::xvf:
      return p.xvf;
    case gmm::Needs::region:
      return p.region;
    default:
      return {};
  }
}

/// to[i] = from[own[i]]; `to` only grows.
template <class T>
void gather(std::span<const T> from, std::span<const std::uint32_t> own, std::vector<T>& to) {
  if (to.size() < own.size()) to.resize(own.size());
  for (std::size_t i = 0; i < own.size(); ++i) to[i] = from[own[i]];
}

}  // namespace

geo::PointsView SitesInReach::points() const {
  // The columns only ever grow: what stands behind the padding belongs to an earlier rupture.
  const auto part = [this](const std::vector<double>& column) {
    return std::span(column).first(own.size());
  };
  return {size, part(lon_deg), part(lat_deg), part(depth_km), part(x), part(y), part(z)};
}

OwnSites::OwnSites(const site::SiteCollection& sites, const std::vector<site::Tile>& tiles,
                   gmm::Needs needs) {
  for (const site::Tile& tile : tiles)
    ids_.insert(ids_.end(), tile.sites.begin(), tile.sites.end());
  std::sort(ids_.begin(), ids_.end());
  for (const std::uint32_t id : ids_) {
    key_lo_.push_back(static_cast<std::uint32_t>(sites.keys()[id]));
    key_hi_.push_back(static_cast<std::uint32_t>(sites.keys()[id] >> 32));
    points_.push_back(sites.points()[id]);
  }
  for (std::size_t p = 0; p < site_parameter_kinds.size(); ++p) {
    const SiteParameterKind& kind = site_parameter_kinds[p];
    if (!gmm::contains(needs, kind.need)) continue;
    std::vector<double> column = column_of(sites.parameters(), kind.need);
    if (column.empty() && kind.need == gmm::Needs::backarc) column.assign(sites.size(), 0.0);
    core::validate(
        column.size() == sites.size(), core::ErrorKind::config,
        fmt::format(
            "a ground-motion model needs {0}, which the sites lack (neither the site model nor "
            "reference_{0} gives it), add it to the sites",
            kind.name));
    gather<double>(column, ids_, parameters_[p]);
  }
  for (const site::Tile& tile : tiles) {
    TilePoints& own = tiles_.emplace_back(TilePoints{tile.centre, tile.radius_km, {}, {}});
    for (const std::uint32_t id : tile.sites) {
      own.own.push_back(static_cast<std::uint32_t>(std::lower_bound(ids_.begin(), ids_.end(), id) -
                                                   ids_.begin()));
      own.points.push_back(sites.points()[id]);
    }
  }
  marks_.resize((ids_.size() + 63) / 64);
  r_rup_.resize(ids_.size());
}

void OwnSites::mark_in_reach(const rupture::Rupture& rupture, double reach_km, const Zone& zone) {
  const rupture::BoundingSphere bound = rupture.surface->bound();
  for (const TilePoints& tile : tiles_) {
    if (chord_km(tile.centre, bound.centre) >
        tile.radius_km + bound.radius_km + reach_km + slack_km)
      continue;
    if (!zone.is_everywhere()) {
      const double km = chord_km(tile.centre, zone.centre);
      if (km > zone.within_km + tile.radius_km + slack_km ||
          km <= zone.beyond_km - tile.radius_km - slack_km)
        continue;
    }
    const geo::PointsView points = tile.points.view();
    if (tile_r_rup_.size() < points.x.size()) tile_r_rup_.resize(points.x.size());
    rupture::DistanceColumns columns;
    columns.r_rup = tile_r_rup_;
    rupture.surface->distances(points, static_cast<rupture::DistanceSet>(rupture::Distance::r_rup),
                               columns);
    for (std::size_t i = 0; i < points.size; ++i) {
      if (tile_r_rup_[i] > reach_km) continue;
      if (!zone.is_everywhere() && !zone.contains({points.x[i], points.y[i], points.z[i]}))
        continue;
      const std::uint32_t own = tile.own[i];
      marks_[own / 64] |= std::uint64_t{1} << (own % 64);
      r_rup_[own] = tile_r_rup_[i];
    }
  }
}

void OwnSites::find(const rupture::Rupture& rupture, double reach_km, const Zone& zone,
                    SitesInReach& found) {
  found.size = 0;
  found.own.clear();
  if (reach_km <= 0) return;
  mark_in_reach(rupture, reach_km, zone);
  for (std::size_t w = 0; w < marks_.size(); ++w)
    for (std::uint64_t& marks = marks_[w]; marks != 0; marks &= marks - 1)
      found.own.push_back(static_cast<std::uint32_t>(64 * w + std::countr_zero(marks)));
  if (found.own.empty()) return;
  found.size = found.own.size();
  found.own.resize(padded(found.size), found.own.back());

  gather<std::uint32_t>(ids_, found.own, found.id);
  gather<std::uint32_t>(key_lo_, found.own, found.key_lo);
  gather<std::uint32_t>(key_hi_, found.own, found.key_hi);
  const geo::PointsView points = points_.view();
  gather(points.lon_deg, found.own, found.lon_deg);
  gather(points.lat_deg, found.own, found.lat_deg);
  gather(points.depth_km, found.own, found.depth_km);
  gather(points.x, found.own, found.x);
  gather(points.y, found.own, found.y);
  gather(points.z, found.own, found.z);
  gather<double>(r_rup_, found.own, found.r_rup);
  for (std::size_t p = 0; p < parameters_.size(); ++p)
    if (!parameters_[p].empty()) gather<double>(parameters_[p], found.own, found.parameters[p]);
}

}  // namespace shakefield::field
