// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/projected_polygon.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "shakefield/core/units.hpp"

namespace shakefield::geo {
namespace {

std::vector<PlanePoint> square() {
  return {{0, 0}, {0, 10}, {10, 10}, {10, 0}};
}
/// A square with a dent from the top that reaches its middle.
std::vector<PlanePoint> dented() {
  return {{0, 0}, {10, 0}, {10, 10}, {5, 5}, {0, 10}};
}

TEST(ProjectedPolygonTest, KnowsInsideInEitherSense) {
  std::vector<PlanePoint> reversed = square();
  std::reverse(reversed.begin(), reversed.end());
  for (const auto& ring : {square(), reversed}) {
    const ProjectedPolygon polygon(ring);
    EXPECT_TRUE(polygon.contains({5, 5}));
    EXPECT_FALSE(polygon.contains({-1, 5}));
    EXPECT_FALSE(polygon.contains({5, 11}));
  }
  EXPECT_FALSE(ProjectedPolygon(dented()).contains({5, 8}));
  EXPECT_TRUE(ProjectedPolygon(dented()).contains({5, 4}));
}

TEST(ProjectedPolygonTest, PointsOnTheRingAreNotInside) {
  const ProjectedPolygon polygon(square());
  for (const PlanePoint& p : {PlanePoint{0, 0}, {0, 5}, {10, 5}, {5, 0}, {5, 10}, {10, 10}})
    EXPECT_FALSE(polygon.contains(p)) << p.x_km << ", " << p.y_km;
}

TEST(ProjectedPolygonTest, OverlappingRingHoldsWhatItEncloses) {
  // Winds around the middle twice: an even number of crossings, but inside.
  const ProjectedPolygon twice(
      {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}, {10, 0}, {10, 10}, {0, 10}});
  EXPECT_TRUE(twice.contains({5, 5}));
}

TEST(ProjectedPolygonTest, DistanceIsToTheNearestEdgeOrCorner) {
  const ProjectedPolygon polygon(square());
  EXPECT_EQ(polygon.distance_km({5, 5}), 0);
  EXPECT_EQ(polygon.distance_km({5, -3}), 3);
  EXPECT_EQ(polygon.distance_km({13, 14}), 5);
  std::vector<double> out(2);
  polygon.distances_km(std::vector<double>{5, 13}, std::vector<double>{-3, 14}, out);
  EXPECT_EQ(out, (std::vector<double>{3, 5}));
}

TEST(ProjectedPolygonTest, RingWithoutAreaIsALine) {
  const ProjectedPolygon line({{0, 0}, {10, 0}}), point({{1, 1}});
  EXPECT_FALSE(line.contains({5, 0}));
  EXPECT_EQ(line.distance_km({5, 2}), 2);
  EXPECT_EQ(line.distance_km({14, 3}), 5);
  EXPECT_EQ(point.distance_km({4, 5}), 5);
}

TEST(ProjectedPolygonTest, HullLeavesOutInnerPoints) {
  const std::vector<PlanePoint> cloud{{0, 0}, {5, 5}, {10, 0}, {10, 10}, {3, 4}, {0, 10}};
  const ProjectedPolygon hull = ProjectedPolygon::convex_hull(cloud);
  EXPECT_EQ(hull.ring().size(), 4u);
  EXPECT_EQ(hull.distance_km({5, 12}), 2);
}

TEST(ProjectedPolygonTest, HullOfAlignedPointsIsALine) {
  const ProjectedPolygon hull =
      ProjectedPolygon::convex_hull(std::vector<PlanePoint>{{0, 0}, {1, 1}, {2, 2}});
  EXPECT_NEAR(hull.distance_km({3, 3}), std::sqrt(2.0), 1e-12);
  EXPECT_EQ(ProjectedPolygon::convex_hull(std::vector<PlanePoint>{{1, 1}}).distance_km({1, 3}), 2);
}

TEST(ProjectedPolygonTest, FindsCrossings) {
  EXPECT_FALSE(ProjectedPolygon(dented()).crosses_itself());
  EXPECT_TRUE(ProjectedPolygon({{0, 0}, {10, 10}, {10, 0}, {0, 10}}).crosses_itself());
  EXPECT_TRUE(ProjectedPolygon({{0, 0}, {10, 0}, {20, 0}}).crosses_itself());
}

TEST(ProjectedPolygonTest, DilationHasSixteenSegmentsAQuarter) {
  const ProjectedPolygon grown = ProjectedPolygon(square()).dilated(2);
  EXPECT_EQ(grown.ring().size(), 4u * 17);
  const double step = core::pi / 32;
  double least = 1e9, most = 0;
  for (const PlanePoint& p : grown.ring()) {
    const double distance = ProjectedPolygon(square()).distance_km(p);
    least = std::min(least, distance);
    most = std::max(most, distance);
  }
  EXPECT_NEAR(least, 2, 1e-9);
  EXPECT_NEAR(most, 2, 1e-9);
  // Middle of the first chord of a corner's arc.
  const double sagitta = 2 * std::cos(step / 2);
  const PlanePoint inside{10 + (sagitta - 1e-6) * std::cos(step / 2),
                          10 + (sagitta - 1e-6) * std::sin(step / 2)};
  const PlanePoint outside{10 + (sagitta + 1e-6) * std::cos(step / 2),
                           10 + (sagitta + 1e-6) * std::sin(step / 2)};
  EXPECT_TRUE(grown.contains(inside));
  EXPECT_FALSE(grown.contains(outside));
}

TEST(ProjectedPolygonTest, DilationKeepsSlightBends) {
  const ProjectedPolygon bent({{0, 0}, {0, 50}, {50, 50.013}, {100, 50}, {100, 0}});
  EXPECT_TRUE(bent.dilated(20).contains({50, 70.0125}));
}

}  // namespace
}  // namespace shakefield::geo
