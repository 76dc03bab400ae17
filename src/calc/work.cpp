// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "work.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace shakefield::calc {
double share_in_reach(const site::Tile& tile, const rupture::BoundingSphere& bound,
                      double reach_km) {
  const double dx = tile.centre.x - bound.centre.x, dy = tile.centre.y - bound.centre.y,
               dz = tile.centre.z - bound.centre.z;
  const double distance = std::sqrt(dx * dx + dy * dy + dz * dz) - bound.radius_km;
  const double radius = std::max(tile.radius_km, 1e-3);
  return std::clamp((reach_km + radius - distance) / (2 * radius), 0.0, 1.0);
}

std::vector<double> estimate_work(const std::vector<site::Tile>& tiles,
                                  const std::vector<RuptureEvents>& representatives,
                                  const field::Reach& reach) {
  std::vector<double> work(tiles.size(), 0.0);
  for (const RuptureEvents& representative : representatives) {
    const rupture::Rupture& rupture = representative.rupture;
    const rupture::BoundingSphere bound = rupture.surface->bound();
    const double km = reach.km(rupture.tectonic_region, rupture.mag);
    for (std::size_t t = 0; t < tiles.size(); ++t)
      work[t] += share_in_reach(tiles[t], bound, km) * static_cast<double>(tiles[t].sites.size());
  }
  double total = std::accumulate(work.begin(), work.end(), 0.0);
  if (total == 0) {  // nothing in reach: any deal is as good as another
    for (std::size_t t = 0; t < tiles.size(); ++t)
      work[t] = static_cast<double>(tiles[t].sites.size());
    total = std::accumulate(work.begin(), work.end(), 0.0);
  }
  for (double& w : work) w /= total;
  return work;
}

double sites_in_reach(const std::vector<site::Tile>& tiles, const rupture::Rupture& rupture,
                      const field::Reach& reach) {
  const rupture::BoundingSphere bound = rupture.surface->bound();
  const double km = reach.km(rupture.tectonic_region, rupture.mag);
  double sites = 0;
  for (const site::Tile& tile : tiles)
    sites += share_in_reach(tile, bound, km) * static_cast<double>(tile.sites.size());
  return sites;
}

Deal deal(const std::vector<double>& work, std::size_t ranks, double writing_share) {
  Deal result;
  const double others = (1 + writing_share) / static_cast<double>(ranks);
  std::vector<double> share(ranks, others);
  share[0] = std::max(others - writing_share, 0.0);
  if (ranks == 1) share[0] = 1;
  const double sum = std::accumulate(share.begin(), share.end(), 0.0);
  for (double& s : share) s /= sum;
  result.tiles = site::deal_tiles(work, ranks, share);
  result.work.assign(ranks, 0.0);
  for (std::size_t r = 0; r < ranks; ++r)
    for (const std::size_t t : result.tiles[r]) result.work[r] += work[t];
  if (ranks > 1) result.work[0] += writing_share;
  const double total = std::accumulate(result.work.begin(), result.work.end(), 0.0);
  for (double& w : result.work) w /= total;
  return result;
}

}  // namespace shakefield::calc
