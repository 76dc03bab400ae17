// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Points gathered on a grid. Figures "of the engine": OpenQuake engine 3.26.2, run on the same
// points.
#include "shakefield/source/gathered_points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "shakefield/rupture/surface.hpp"

namespace shakefield::source {
namespace {

using PointSourcePtr = std::shared_ptr<const PointSource>;

PointProperties properties() {
  PointProperties p;
  p.aspect_ratio = AspectRatio::constant(1);
  p.upper_depth_km = 0;
  p.lower_depth_km = 20;
  p.nodal_planes = {{1, 10, 60, -90}};
  p.hypo_depths = {{1, 10}};
  return p;
}

PointSourcePtr point(double lon, double lat, const MagnitudeBins& bins,
                     const PointProperties& p = properties()) {
  return std::make_shared<PointSource>(SourceInfo{"p", "p", "Crust"}, p,
                                       std::vector<geo::Point>{{lon, lat, 0}},
                                       std::vector<MagnitudeBins>{bins});
}

/// Three points that differ in all that is averaged.
std::vector<PointSourcePtr> unlike_points() {
  PointProperties other = properties();
  other.scaling = ScalingRelation::named("PeerMSR");
  other.aspect_ratio = AspectRatio::constant(2);
  other.upper_depth_km = 2;
  other.lower_depth_km = 30;
  other.nodal_planes = {{0.5, 0, 90, 0}, {0.5, 90, 60, 90}};
  return {point(10, 40, {{5, 1}, {5.5, 2}}),
          point(10.01, 40.01, {{5.004, 1}, {5.5, 4}, {6, 1}}, other), point(10.02, 40, {{5, 1}})};
}

SourcePtr gathered_unlike_points() {
  const std::vector<SourcePtr> cells = gather_on_grid(unlike_points(), 100);
  EXPECT_EQ(cells.size(), 1u);
  return cells.front();
}

std::map<double, double> rates_by_mag(const std::vector<SourcePtr>& sources) {
  std::map<double, double> rates;
  for (const SourcePtr& source : sources)
    source->for_each_rate(0, source->num_ruptures(),
                          [&](std::size_t, double mag, double rate) { rates[mag] += rate; });
  return rates;
}

TEST(GatheredPointsTest, MeanRuptureIsThatOfTheEngine) {
  const SourcePtr cell = gathered_unlike_points();
  const auto& points = dynamic_cast<const PointFamilies&>(*cell);
  const rupture::Rupture mean = points.mean_rupture(0);
  EXPECT_NEAR(mean.hypocentre.lon_deg, 10.008, 1e-9);
  EXPECT_NEAR(mean.hypocentre.lat_deg, 40.006, 1e-9);
  EXPECT_NEAR(mean.hypocentre.depth_km, 10, 1e-9);
  EXPECT_NEAR(mean.surface->parameters().strike_deg, 21.666666666666668, 1e-6);
  EXPECT_NEAR(mean.surface->parameters().dip_deg, 65, 1e-6);
  EXPECT_NEAR(mean.rake_deg, -45, 1e-9);
  EXPECT_NEAR(points.family(0).point.depth_km, 10, 1e-9);
}

TEST(GatheredPointsTest, FamiliesHoldTheRupturesOfOneMagnitude) {
  const SourcePtr cell = gathered_unlike_points();
  const auto& points = dynamic_cast<const PointFamilies&>(*cell);
  ASSERT_EQ(points.num_ruptures(), 9u);
  // Magnitude, rate and ruptures of each family: sums of what the points have.
  struct Expected {
    double mag, rate;
    std::size_t ruptures;
  };
  std::size_t first = 0;
  for (const Expected& e : {Expected{5, 2, 2}, {5.004, 1, 2}, {5.5, 6, 3}, {6, 1, 2}}) {
    const PointFamilies::Family family = points.family(first);
    EXPECT_EQ(family.mag, e.mag);
    EXPECT_EQ(family.first, first);
    EXPECT_EQ(family.last, first + e.ruptures);
    EXPECT_DOUBLE_EQ(points.mean_rupture(first).occurrence_rate, e.rate);
    double sum = 0;
    for (std::size_t i = family.first; i < family.last; ++i) {
      EXPECT_EQ(points.rupture(i).mag, e.mag);
      sum += points.rupture(i).occurrence_rate;
    }
    EXPECT_DOUBLE_EQ(sum, e.rate);
    first = family.last;
  }
}

TEST(GatheredPointsTest, PointsShareTheRateOfAMagnitudeEvenly) {
  const SourcePtr cell = gathered_unlike_points();
  const std::vector<double> expected{1, 1, 0.5, 0.5, 3, 1.5, 1.5, 0.5, 0.5};
  cell->for_each_rate(0, cell->num_ruptures(), [&](std::size_t i, double, double rate) {
    EXPECT_DOUBLE_EQ(rate, expected[i]) << i;
    EXPECT_DOUBLE_EQ(cell->rupture(i).occurrence_rate, expected[i]) << i;
  });
}

TEST(GatheredPointsTest, CellsAreThoseOfTheEngine) {
  std::vector<PointSourcePtr> sources;
  for (int i = 0; i < 40; ++i)
    sources.push_back(point(10 + 7 * i % 40 * 0.031, 40 + 11 * i % 37 * 0.023, {{5, 0.01}}));
  std::vector<std::size_t> sizes;
  const std::vector<SourcePtr> cells = gather_on_grid(sources, 30);
  for (const SourcePtr& cell : cells) sizes.push_back(cell->num_ruptures());
  std::ranges::sort(sizes);
  const std::vector<std::size_t> engine{2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3};
  EXPECT_EQ(sizes, engine);
  EXPECT_NEAR(rates_by_mag(cells).at(5), 0.4, 1e-12);
}

TEST(GatheredPointsTest, PointsOfAnAreaAreGatheredAndLonelyOnesStandAlone) {
  PointProperties p = properties();
  p.bins = {{5, 0.4}, {6, 0.1}};
  const auto area = std::make_shared<PointSource>(
      SourceInfo{"a", "a", "Crust"}, p,
      std::vector<geo::Point>{{10, 40, 0}, {10.01, 40.01, 0}, {10.02, 40, 0}, {12, 42, 0}});
  const std::vector<SourcePtr> cells = gather_on_grid({area}, 50);
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[0]->num_ruptures(), 6u);
  EXPECT_EQ(cells[1]->num_ruptures(), 2u);
  EXPECT_EQ(cells[1]->rupture(0).hypocentre.lon_deg, 12);
  EXPECT_NEAR(rates_by_mag(cells).at(6), 0.1, 1e-15);
}

TEST(GatheredPointsTest, PointsOnOneParallelStayAsTheyAre) {
  const std::vector<PointSourcePtr> sources{point(10, 40, {{5, 1}}), point(10.1, 40, {{5, 1}})};
  const std::vector<SourcePtr> cells = gather_on_grid(sources, 50);
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[0], sources[0]);
}

TEST(GatheredPointsTest, CellsCrossTheDateLine) {
  const std::vector<SourcePtr> cells =
      gather_on_grid({point(179.99, 40, {{5, 1}}), point(-179.99, 40.01, {{5, 1}})}, 50);
  ASSERT_EQ(cells.size(), 1u);
  const auto& points = dynamic_cast<const PointFamilies&>(*cells[0]);
  EXPECT_NEAR(std::abs(points.mean_rupture(0).hypocentre.lon_deg), 180, 1e-9);
}

TEST(GatheredPointsTest, BoundHoldsAllRuptures) {
  const SourcePtr cell = gathered_unlike_points();
  const rupture::BoundingSphere bound = cell->bound();
  for (std::size_t i = 0; i < cell->num_ruptures(); ++i) {
    const rupture::BoundingSphere inner = cell->rupture(i).surface->bound();
    EXPECT_LE(std::hypot(inner.centre.x - bound.centre.x, inner.centre.y - bound.centre.y,
                         inner.centre.z - bound.centre.z),
              bound.radius_km);
  }
}

}  // namespace
}  // namespace shakefield::source
