// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/site/tiling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace shakefield::site {
namespace {

SiteCollection random_sites(std::size_t n) {
  std::mt19937_64 engine(11);
  std::uniform_real_distribution<double> lon(-124, -115), lat(32, 42);
  std::vector<geo::Point> points;
  for (std::size_t i = 0; i < n; ++i) points.push_back({lon(engine), lat(engine), 0});
  return SiteCollection(std::move(points), {});
}

/// 32 x 32 sites, an eighth of a degree apart (exact in binary), around a longitude.
SiteCollection lattice(double lon0) {
  std::vector<geo::Point> points;
  for (int i = -16; i < 16; ++i)
    for (int j = -16; j < 16; ++j)
      points.push_back({geo::normalized_lon(lon0 + i / 8.0), j / 8.0, 0});
  return SiteCollection(std::move(points), {});
}

std::set<std::set<std::uint64_t>> keys_of(const std::vector<Tile>& tiles,
                                          const SiteCollection& sites) {
  std::set<std::set<std::uint64_t>> all;
  for (const Tile& tile : tiles) {
    std::set<std::uint64_t> keys;
    for (const auto id : tile.sites) keys.insert(sites.keys()[id]);
    all.insert(std::move(keys));
  }
  return all;
}

TEST(MakeTilesTest, CutsChangeTheTilesAndNotTheOrder) {
  const SiteCollection sites = random_sites(1000);
  const std::vector<std::size_t> cuts{0, 30, 64, 64, 700, 1000, 2000};
  const auto tiles = make_tiles(sites, 64, cuts), single = make_tiles(sites, 1);
  std::size_t first = 0;
  std::set<std::size_t> ends;
  for (const Tile& tile : tiles) {
    std::vector<std::uint32_t> along_curve;
    for (std::size_t i = first; i < first + tile.sites.size(); ++i)
      along_curve.push_back(single[i].sites.front());
    std::ranges::sort(along_curve);
    EXPECT_EQ(tile.sites, along_curve);
    EXPECT_LE(tile.sites.size(), 64u);
    ends.insert(first += tile.sites.size());
  }
  EXPECT_EQ(first, 1000u);
  for (const std::size_t cut : {30, 64, 700}) EXPECT_TRUE(ends.contains(cut)) << cut;
}

TEST(MakeTilesTest, CoversEverySiteOnce) {
  const SiteCollection sites = random_sites(1000);
  for (const std::size_t size : {1u, 64u, 256u, 1000u, 5000u}) {
    const auto tiles = make_tiles(sites, size);
    EXPECT_EQ(tiles.size(), (1000 + size - 1) / size);
    std::vector<std::uint32_t> seen;
    for (const Tile& tile : tiles) {
      EXPECT_LE(tile.sites.size(), size);
      EXPECT_TRUE(std::ranges::is_sorted(tile.sites));
      seen.insert(seen.end(), tile.sites.begin(), tile.sites.end());
    }
    std::ranges::sort(seen);
    std::vector<std::uint32_t> all(1000);
    std::iota(all.begin(), all.end(), 0u);
    EXPECT_EQ(seen, all);
  }
}

TEST(MakeTilesTest, SpheresHoldTheirSites) {
  const SiteCollection sites = random_sites(1000);
  for (const Tile& tile : make_tiles(sites, 100))
    for (const auto id : tile.sites) {
      const geo::Vec3 p = geo::to_cartesian(sites.points()[id]);
      EXPECT_LE(std::hypot(p.x - tile.centre.x, p.y - tile.centre.y, p.z - tile.centre.z),
                tile.radius_km);
    }
}

TEST(MakeTilesTest, TilesAreCompact) {
  // 1,000 sites on 9 x 10 degrees in tiles of 50: a square tile would have a radius of about 160
  // km.
  double sum = 0;
  const auto tiles = make_tiles(random_sites(1000), 50);
  for (const Tile& tile : tiles) sum += tile.radius_km;
  EXPECT_LT(sum / static_cast<double>(tiles.size()), 220);
}

TEST(MakeTilesTest, DoesNotDependOnTheOrderOfTheSites) {
  const SiteCollection sites = random_sites(1000);
  std::vector<geo::Point> shuffled = sites.points();
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937_64(3));
  const SiteCollection other(shuffled, {});
  EXPECT_EQ(keys_of(make_tiles(sites, 64), sites), keys_of(make_tiles(other, 64), other));
}

TEST(MakeTilesTest, IsTheSameAcrossTheDateLine) {
  const SiteCollection here = lattice(0), there = lattice(180);
  const auto tiles = make_tiles(here, 64), beyond = make_tiles(there, 64);
  ASSERT_EQ(tiles.size(), beyond.size());
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    EXPECT_EQ(tiles[i].sites, beyond[i].sites);
    EXPECT_NEAR(tiles[i].radius_km, beyond[i].radius_km, 1e-8);
  }
}

TEST(MakeTilesTest, TakesOneSiteAndNone) {
  EXPECT_TRUE(make_tiles(SiteCollection()).empty());
  const auto tiles = make_tiles(SiteCollection({{0, 90, 0}}, {}));
  ASSERT_EQ(tiles.size(), 1u);
  EXPECT_EQ(tiles[0].radius_km, 0);
}

std::vector<double> random_work(std::size_t n) {
  std::mt19937_64 engine(5);
  std::lognormal_distribution<double> work(0, 1);
  std::vector<double> all(n);
  for (double& w : all) w = work(engine);
  return all;
}

std::vector<double> loads(const std::vector<std::vector<std::size_t>>& dealt,
                          const std::vector<double>& work) {
  std::vector<double> sums;
  for (const auto& tiles : dealt) {
    sums.push_back(0);
    for (const std::size_t t : tiles) sums.back() += work[t];
  }
  return sums;
}

TEST(DealTilesTest, DealsEveryTileOnceAndEvenly) {
  const std::vector<double> work = random_work(140);
  const double total = std::reduce(work.begin(), work.end());
  for (const std::size_t ranks : {1u, 2u, 4u, 7u}) {
    const auto dealt = deal_tiles(work, ranks);
    std::set<std::size_t> seen;
    for (const auto& tiles : dealt) {
      EXPECT_TRUE(std::ranges::is_sorted(tiles));
      seen.insert(tiles.begin(), tiles.end());
    }
    EXPECT_EQ(seen.size(), work.size());
    EXPECT_LT(std::ranges::max(loads(dealt, work)) * static_cast<double>(ranks) / total, 1.02);
  }
}

TEST(DealTilesTest, KeepsGrahamsBound) {
  // Any deal to the rank that is free first ends by mean + (1 - 1 / ranks) * largest (Graham 1966).
  std::mt19937_64 engine(9);
  for (int i = 0; i < 100; ++i) {
    const std::size_t ranks = 2 + engine() % 6;
    std::vector<double> work(1 + engine() % 20);
    for (double& w : work) w = static_cast<double>(engine() % 1000);
    const double mean = std::reduce(work.begin(), work.end()) / static_cast<double>(ranks);
    const double largest = std::ranges::max(work);
    EXPECT_LE(std::ranges::max(loads(deal_tiles(work, ranks), work)),
              mean + (1 - 1 / static_cast<double>(ranks)) * largest + 1e-9);
  }
}

TEST(DealTilesTest, FollowsTheShares) {
  const std::vector<double> work = random_work(400);
  const double total = std::reduce(work.begin(), work.end());
  const std::vector<double> share{0.1, 0.3, 0.6, 0};
  const auto sums = loads(deal_tiles(work, 4, share), work);
  for (std::size_t r = 0; r < 4; ++r) EXPECT_NEAR(sums[r] / total, share[r], 0.01);
  EXPECT_EQ(sums[3], 0);
}

TEST(DealTilesTest, TilesWithoutWorkGoRound) {
  const auto dealt = deal_tiles(std::vector<double>(9, 0), 3);
  for (const auto& tiles : dealt) EXPECT_EQ(tiles.size(), 3u);
}

}  // namespace
}  // namespace shakefield::site
