// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "work.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "shakefield/rupture/planar_surface.hpp"

namespace {

using namespace shakefield;

site::SiteCollection grid(std::size_t side) {
  std::vector<geo::Point> points;
  for (std::size_t i = 0; i < side; ++i)
    for (std::size_t j = 0; j < side; ++j)
      points.push_back({10 + 0.05 * static_cast<double>(i), 40 + 0.05 * static_cast<double>(j), 0});
  return {points, {}};
}

rupture::Rupture rupture_at(double lon_deg, double lat_deg) {
  rupture::Rupture r;
  r.mag = 6;
  r.surface = std::make_shared<rupture::PlanarSurface>(
      rupture::corners_about({lon_deg, lat_deg, 5}, 0, 90, 10, 8), 0, 90, 8);
  return r;
}

TEST(WorkTest, TilesOutOfReachHaveNoWork) {
  const auto tiles = site::make_tiles(grid(40), 100);
  const auto work = calc::estimate_work(tiles, {{.rupture = rupture_at(10, 40)}}, field::Reach(30));
  EXPECT_NEAR(std::accumulate(work.begin(), work.end(), 0.0), 1.0, 1e-12);
  double near = 0;
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    const geo::Point centre = geo::to_geographic(tiles[t].centre);
    const double km = geo::arc_km(centre, {10, 40, 0});
    if (km < 60) near += work[t];
    if (km > 30 + 2 * tiles[t].radius_km + 20) {
      EXPECT_EQ(work[t], 0) << "tile " << t;
    }
  }
  EXPECT_GT(near, 0.5);
}

TEST(WorkTest, NothingInReachIsDealtBySites) {
  const auto tiles = site::make_tiles(grid(40), 100);
  const auto work =
      calc::estimate_work(tiles, {{.rupture = rupture_at(-150, -40)}}, field::Reach(30));
  for (const double w : work) EXPECT_NEAR(w, 1.0 / static_cast<double>(tiles.size()), 1e-12);
}

TEST(WorkTest, RootThatOnlyWritesGetsNoTiles) {
  const calc::Deal deal = calc::deal(std::vector<double>(64, 1.0 / 64), 4, 2.0);
  EXPECT_TRUE(deal.tiles[0].empty());
  EXPECT_GT(deal.tiles[3].size(), 20u);
}

TEST(WorkTest, EveryTileIsDealtOnceAndRootGetsLess) {
  const std::vector<double> work(64, 1.0 / 64);
  for (const std::size_t ranks : {1u, 2u, 3u, 5u, 7u}) {
    const calc::Deal deal = calc::deal(work, ranks);
    std::vector<int> dealt(work.size(), 0);
    for (const auto& tiles : deal.tiles)
      for (const std::size_t t : tiles) ++dealt[t];
    EXPECT_EQ(dealt, std::vector<int>(work.size(), 1));
    EXPECT_NEAR(std::accumulate(deal.work.begin(), deal.work.end(), 0.0), 1.0, 1e-12);
    if (ranks > 1) {
      EXPECT_LT(deal.tiles[0].size(), deal.tiles[1].size());
    }
    // With more ranks than that, writing alone is more than a rank's part.
    if (ranks > 5) continue;
    for (const double w : deal.work) EXPECT_LT(w * static_cast<double>(ranks), 1.15);
  }
}

}  // namespace
