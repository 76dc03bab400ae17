// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/site/tiling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "shakefield/core/contract.hpp"
#include "shakefield/site/curve.hpp"

namespace shakefield::site {

namespace {

/// Site ids along the Hilbert curve; sites in one cell by their keys, so that the order of the
/// input does not matter.
std::vector<std::uint32_t> along_curve(const SiteCollection& sites) {
  const std::vector<std::uint64_t> position = positions_along_curve(sites.points());
  std::vector<std::uint32_t> order(sites.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {},
                    [&](std::uint32_t i) { return std::pair(position[i], sites.keys()[i]); });
  return order;
}

/// Centre of the box around the sites in Cartesian space, and the farthest site from it.
void enclose(Tile& tile, const SiteCollection& sites) {
  std::vector<geo::Vec3> positions;
  positions.reserve(tile.sites.size());
  for (const std::uint32_t id : tile.sites)
    positions.push_back(geo::to_cartesian(sites.points()[id]));
  const auto middle = [&](double geo::Vec3::*axis) {
    const auto [low, high] = std::ranges::minmax(positions, {}, axis);
    return (low.*axis + high.*axis) / 2;
  };
  tile.centre = {middle(&geo::Vec3::x), middle(&geo::Vec3::y), middle(&geo::Vec3::z)};
  for (const geo::Vec3& p : positions)
    tile.radius_km = std::max(
        tile.radius_km, std::hypot(p.x - tile.centre.x, p.y - tile.centre.y, p.z - tile.centre.z));
}

int binary_exponent(double value) {
  int exponent = 0;
  std::frexp(value, &exponent);
  return exponent;
}

}  // namespace

std::vector<Tile> make_tiles(const SiteCollection& sites, std::size_t tile_size,
                             const std::vector<std::size_t>& cuts) {
  SHAKEFIELD_EXPECT(tile_size > 0);
  SHAKEFIELD_EXPECT(std::ranges::is_sorted(cuts));
  if (sites.size() == 0) return {};
  const std::vector<std::uint32_t> order = along_curve(sites);
  std::vector<Tile> tiles;
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    const auto cut = std::ranges::upper_bound(cuts, first);
    end = std::min({first + tile_size, order.size(), cut == cuts.end() ? order.size() : *cut});
    Tile tile;
    tile.sites.assign(order.begin() + static_cast<std::ptrdiff_t>(first),
                      order.begin() + static_cast<std::ptrdiff_t>(end));
    std::ranges::sort(tile.sites);
    enclose(tile, sites);
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

std::vector<std::vector<std::size_t>> deal_tiles(const std::vector<double>& work, std::size_t ranks,
                                                 const std::vector<double>& share) {
  SHAKEFIELD_EXPECT(ranks > 0);
  SHAKEFIELD_EXPECT(share.empty() || (share.size() == ranks && std::ranges::max(share) > 0));
  std::vector<std::size_t> longest_first(work.size());
  std::iota(longest_first.begin(), longest_first.end(), std::size_t{0});
  // Neighbours of about equal work follow each other, so that they go to different ranks: the sites
  // near one fault are not all of one rank.
  std::ranges::sort(longest_first, {},
                    [&](std::size_t t) { return std::pair(-binary_exponent(work[t]), t); });

  std::vector<std::vector<std::size_t>> dealt(ranks);
  std::vector<double> load(ranks, 0);
  for (const std::size_t tile : longest_first) {
    // Where the tile would be done first; tiles without work go round.
    const auto finish = [&](std::size_t rank) {
      const double speed = share.empty() ? 1 : share[rank];
      return std::tuple(speed <= 0, speed > 0 ? (load[rank] + work[tile]) / speed : 0,
                        dealt[rank].size());
    };
    std::size_t best = 0;
    for (std::size_t rank = 1; rank < ranks; ++rank)
      if (finish(rank) < finish(best)) best = rank;
    dealt[best].push_back(tile);
    load[best] += work[tile];
  }
  for (auto& tiles : dealt) std::ranges::sort(tiles);
  return dealt;
}

}  // namespace shakefield::site
