// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/nearest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace shakefield::geo {
namespace {

std::vector<Point> random_points(std::size_t n, unsigned seed) {
  std::mt19937_64 engine(seed);
  std::uniform_real_distribution<double> lon(178, 182), lat(-2, 2);
  std::vector<Point> points;
  for (std::size_t i = 0; i < n; ++i)
    points.push_back({normalized_lon(lon(engine)), lat(engine), 0});
  return points;
}

TEST(NearestIndexTest, EqualsASearchThroughAllPoints) {
  const auto points = random_points(500, 1);
  const NearestIndex index{std::span<const Point>(points)};
  ASSERT_EQ(index.size(), points.size());
  for (const Point& from : random_points(200, 2)) {
    const auto distance = [&](const Point& p) { return chord_km(from, p); };
    const auto nearest = std::ranges::min_element(points, {}, distance);
    const auto match = index.nearest(to_cartesian(from));
    ASSERT_TRUE(match);
    EXPECT_EQ(match->index, static_cast<std::size_t>(nearest - points.begin()));
    EXPECT_NEAR(match->distance_km, distance(*nearest), 1e-9);

    std::vector<std::size_t> within;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (distance(points[i]) <= 40) within.push_back(i);
    EXPECT_EQ(index.within(to_cartesian(from), 40), within);
  }
}

TEST(NearestIndexTest, FindsNothingBeyondTheLimit) {
  const std::vector<Point> points{{0, 0, 0}};
  const NearestIndex index{std::span<const Point>(points)};
  EXPECT_TRUE(index.nearest(to_cartesian({0.1, 0, 0}), 12));
  EXPECT_FALSE(index.nearest(to_cartesian({0.1, 0, 0}), 11));
  EXPECT_FALSE(NearestIndex(std::span<const Point>()).nearest({}));
}

TEST(NearestIndexTest, TakesTheFirstOfEqualPoints) {
  const std::vector<Point> points(50, Point{1, 1, 0});
  EXPECT_EQ(NearestIndex(std::span<const Point>(points)).nearest(to_cartesian({1, 2, 0}))->index,
            0u);
}

TEST(NearestIndexTest, SpheresTouchOrOverlap) {
  const std::vector<Vec3> centres{{0, 0, 0}, {10, 0, 0}, {30, 0, 0}};
  const std::vector<double> radii{1, 4, 20};
  const NearestIndex index(centres, radii);
  EXPECT_EQ(index.within({5, 0, 0}, 1), (std::vector<std::size_t>{1}));
  EXPECT_EQ(index.within({5, 0, 0}, 5), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(index.within({5, 0, 0}, 0.5), (std::vector<std::size_t>{}));
}

}  // namespace
}  // namespace shakefield::geo
