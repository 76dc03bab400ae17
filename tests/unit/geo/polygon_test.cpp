// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/polygon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "reference_csv.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::geo {
namespace {

Polygon hayward() {
  return Polygon({{-123.2, 37.0}, {-123.2, 38.8}, {-121.2, 38.8}, {-121.2, 37.0}});
}
Polygon california() {
  return Polygon({{-124.4, 40.4},
                  {-124.2, 42.0},
                  {-120.0, 42.0},
                  {-120.0, 39.0},
                  {-114.6, 35.0},
                  {-114.7, 32.7},
                  {-117.2, 32.5},
                  {-120.7, 34.5},
                  {-122.0, 36.5}});
}

std::vector<Point> read_points(const std::filesystem::path& path, const std::string& lon = "lon",
                               const std::string& lat = "lat") {
  const auto columns = testing::read_columns(path, {lon, lat});
  std::vector<Point> points;
  for (std::size_t i = 0; i < columns[0].size(); ++i)
    points.push_back({std::stod(columns[0][i]), std::stod(columns[1][i]), 0});
  return points;
}

void expect_same(const std::vector<Point>& actual, const std::vector<Point>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  ASSERT_FALSE(actual.empty());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_NEAR(actual[i].lon_deg, expected[i].lon_deg, 1.01e-5) << "row " << i;
    ASSERT_NEAR(actual[i].lat_deg, expected[i].lat_deg, 1.01e-5) << "row " << i;
  }
}

#define SHAKEFIELD_REFERENCE_OR_SKIP(dir)                                                   \
  const auto dir##_found = testing::reference_dir();                                        \
  if (!dir##_found) GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set (reference data)"; \
  const std::filesystem::path dir = *dir##_found

TEST(PolygonTest, DropsRepeatedVertices) {
  const Polygon polygon({{0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 1}, {0, 0}});
  EXPECT_EQ(polygon.vertices().size(), 3u);
}

TEST(PolygonTest, RejectsTooFewVertices) {
  EXPECT_THROW(Polygon({{0, 0}, {1, 1}, {0, 0}}), core::Error);
}

TEST(PolygonTest, RejectsCrossingEdges) {
  try {
    Polygon({{0, 0}, {1, 1}, {1, 0}, {0, 1}});
    FAIL() << "accepted";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::data);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("crosses or touches itself"));
  }
}

TEST(PolygonTest, RejectsAPoleInside) {
  EXPECT_THROW(Polygon({{0, 85}, {90, 85}, {180, 85}, {-90, 85}}), core::Error);
  EXPECT_THROW(Polygon({{0, -85}, {120, -85}, {-120, -85}}), core::Error);
  EXPECT_NO_THROW(Polygon({{0, 85}, {90, 85}, {90, 88}, {0, 88}}));
}

TEST(PolygonTest, LongEdgesAreCut) {
  // 200 km of meridian, 173 km and 178 km of parallel: only the two first get a point between their
  // ends.
  EXPECT_EQ(hayward().outline().ring().size(), 6u);
}

// Counts of sites: the OpenQuake engine 3.26.2 on the jobs hayward and california
// (docs/definitions, "region grid").
TEST(RegionGridTest, HasTheCountsOfThePeer) {
  EXPECT_EQ(region_grid(hayward(), 5).size(), 1543u);
  EXPECT_EQ(region_grid(hayward(), 2.5).size(), 5889u);
  EXPECT_EQ(region_grid(hayward(), 1).size(), 35780u);
  EXPECT_EQ(region_grid(california(), 10).size(), 4649u);
  EXPECT_EQ(region_grid(california(), 20).size(), 1242u);
}

TEST(RegionGridTest, EqualsTheSitesOfHayward) {
  SHAKEFIELD_REFERENCE_OR_SKIP(dir);
  expect_same(region_grid(hayward(), 5),
              read_points(dir / "reference/scenario/hayward_mean_sigma.csv"));
}

TEST(RegionGridTest, EqualsTheSitesOfCalifornia) {
  SHAKEFIELD_REFERENCE_OR_SKIP(dir);
  expect_same(region_grid(california(), 20),
              read_points(dir / "cases/california/expected/hazard_map-mean.csv"));
}

TEST(RegionGridTest, EqualsTheSitesOfTheDemos) {
  SHAKEFIELD_REFERENCE_OR_SKIP(dir);
  const auto demo = [&](const char* name) {
    return read_points(dir / "cases/openquake_demos" / name / "expected/sitemesh.csv");
  };
  expect_same(region_grid(Polygon({{-0.5, -0.5}, {-0.5, 0.5}, {0.5, 0.5}, {0.5, -0.5}}), 10),
              demo("ScenarioCase1"));
  const Polygon south({{0.0, -2.0}, {0.0, -0.5}, {2.0, -0.5}, {2.0, -2.0}});
  expect_same(region_grid(south, 10), demo("ScenarioCase2"));
  expect_same(region_grid(south, 5), demo("ScenarioCase3"));
}

TEST(DiscretizeTest, MayBeEmpty) {
  EXPECT_TRUE(discretize(Polygon({{0, 0}, {0, 0.1}, {0.1, 0}}), 300).empty());
}

TEST(DiscretizeTest, EqualsThePointsOfTheAreaDemo) {
  SHAKEFIELD_REFERENCE_OR_SKIP(dir);
  const auto points =
      discretize(Polygon({{-0.5, -0.5}, {-0.3, -0.1}, {0.1, 0.2}, {0.3, -0.8}}), 10);
  ASSERT_EQ(points.size(), 52u);  // docs/definitions/sources.md, V6
  // The file lists every k-th rupture: several a point, in the order of the points, 6 decimals.
  std::size_t next = 0, found = 0;
  for (const Point& hypo : read_points(dir / "reference/ruptures/AreaSourceClassicalPSHA.csv",
                                       "hypo_lon", "hypo_lat")) {
    const auto same = [&](const Point& p) {
      return std::abs(p.lon_deg - hypo.lon_deg) < 1e-6 && std::abs(p.lat_deg - hypo.lat_deg) < 1e-6;
    };
    const auto at = std::ranges::find_if(points, same);
    ASSERT_NE(at, points.end()) << hypo.lon_deg << ", " << hypo.lat_deg;
    const auto position = static_cast<std::size_t>(at - points.begin());
    ASSERT_GE(position + 1, next);
    if (position + 1 > next) ++found;
    next = position + 1;
  }
  EXPECT_EQ(found, 52u);
}

TEST(DiscretizeTest, RefusesMorePointsThanFitIntoMemory) {
  EXPECT_THROW(discretize(Polygon({{10, 10}, {40, 10}, {40, 40}, {10, 40}}), 0.1), core::Error);
}

TEST(DiscretizeTest, WalksRowsFromTheNorth) {
  const auto points = discretize(Polygon({{10, 10}, {11, 10}, {11, 11}, {10, 11}}), 20);
  ASSERT_GT(points.size(), 10u);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const bool same_row = points[i].lat_deg == points[i - 1].lat_deg;
    EXPECT_TRUE(same_row ? points[i].lon_deg > points[i - 1].lon_deg
                         : points[i].lat_deg < points[i - 1].lat_deg);
  }
}

TEST(DiscretizeTest, IsTheSameAcrossTheDateLine) {
  const auto shifted = [](double by) {
    std::vector<Point> vertices{{-1, 50, 0}, {0.3, 51.5, 0}, {1.25, 50.5, 0}, {0.5, 49, 0}};
    for (Point& p : vertices) p.lon_deg = normalized_lon(p.lon_deg + by);
    return discretize(Polygon(vertices), 7);
  };
  const auto here = shifted(0), there = shifted(180);
  ASSERT_EQ(here.size(), there.size());
  for (std::size_t i = 0; i < here.size(); ++i) {
    EXPECT_NEAR(here[i].lat_deg, there[i].lat_deg, 1e-9);
    EXPECT_NEAR(std::remainder(there[i].lon_deg - here[i].lon_deg - 180, 360), 0, 1e-9);
  }
}

TEST(DiscretizeTest, EndsAtThePoles) {
  EXPECT_FALSE(discretize(Polygon({{0, 89}, {90, 89}, {90, 90}}), 20).empty());
  EXPECT_FALSE(discretize(Polygon({{0, -89}, {90, -89}, {90, -90}}), 20).empty());
}

}  // namespace
}  // namespace shakefield::geo
