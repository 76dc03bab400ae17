// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/point.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "shakefield/core/units.hpp"

namespace shakefield::geo {
namespace {

using core::earth_radius_km;
constexpr double km_a_degree = earth_radius_km * core::pi / 180;

class RandomPoints {
 public:
  Point operator()(double largest_lat = 89) {
    return {lon_(engine_), largest_lat * lat_(engine_), depth_(engine_)};
  }
  double uniform(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(engine_);
  }

 private:
  std::mt19937_64 engine_{20260131};
  std::uniform_real_distribution<double> lon_{-180, 180}, lat_{-1, 1}, depth_{0, 60};
};

/// Smallest turn between two angles in degrees.
double turn(double a, double b) {
  return std::abs(std::remainder(a - b, 360));
}

TEST(PointTest, AxesPointToTheirPlaces) {
  const Vec3 gulf_of_guinea = to_cartesian({0, 0, 0}), indian_ocean = to_cartesian({90, 0, 0}),
             pole = to_cartesian({33, 90, 1});
  EXPECT_NEAR(gulf_of_guinea.x, earth_radius_km, 1e-9);
  EXPECT_NEAR(indian_ocean.y, earth_radius_km, 1e-9);
  EXPECT_NEAR(pole.z, earth_radius_km - 1, 1e-9);
}

TEST(PointTest, GeographicInvertsCartesian) {
  RandomPoints random;
  for (int i = 0; i < 1000; ++i) {
    const Point p = random();
    const Point q = to_geographic(to_cartesian(p));
    EXPECT_NEAR(turn(p.lon_deg, q.lon_deg), 0, 1e-10);
    EXPECT_NEAR(p.lat_deg, q.lat_deg, 1e-11);
    EXPECT_NEAR(p.depth_km, q.depth_km, 1e-9);
  }
}

TEST(PointTest, ArcHasItsClosedForms) {
  EXPECT_NEAR(arc_km({10, 0, 0}, {11, 0, 0}), km_a_degree, 1e-10);
  EXPECT_NEAR(arc_km({10, 45, 0}, {10, 47, 9}), 2 * km_a_degree, 1e-10);
  EXPECT_NEAR(arc_km({0, 0, 0}, {180, 0, 0}), 180 * km_a_degree, 1e-9);
  EXPECT_NEAR(arc_km({0, 0, 0}, {1e-5, 0, 0}), 1e-5 * km_a_degree, 1e-14);
}

TEST(PointTest, ArcFromThePoleIsTheColatitude) {
  for (double lon = -180; lon <= 180; lon += 15) {
    EXPECT_NEAR(arc_km({77, 90, 0}, {lon, 80, 0}), 10 * km_a_degree, 1e-9);
    EXPECT_NEAR(chord_km({77, -90, 0}, {lon, -80, 0}),
                2 * earth_radius_km * std::sin(core::to_radians(5)), 1e-9);
  }
}

TEST(PointTest, DateLineIsNoBarrier) {
  EXPECT_NEAR(arc_km({179.9, 0, 0}, {-179.9, 0, 0}), 0.2 * km_a_degree, 1e-9);
  EXPECT_NEAR(chord_km({179.9, 0, 0}, {-179.9, 0, 0}), chord_km({-0.1, 0, 0}, {0.1, 0, 0}), 1e-9);
  EXPECT_NEAR(azimuth_deg({179.9, 0, 0}, {-179.9, 0, 0}), 90, 1e-9);
  EXPECT_NEAR(azimuth_deg({-179.9, 0, 0}, {179.9, 0, 0}), 270, 1e-9);
  const Point east = destination({179.9, 0, 0}, 90, 0.2 * km_a_degree);
  EXPECT_NEAR(east.lon_deg, -179.9, 1e-9);
}

TEST(PointTest, ChordFollowsFromArc) {
  RandomPoints random;
  for (int i = 0; i < 1000; ++i) {
    Point a = random(), b = random();
    a.depth_km = b.depth_km = 0;
    EXPECT_NEAR(chord_km(a, b), 2 * earth_radius_km * std::sin(arc_km(a, b) / 2 / earth_radius_km),
                1e-8);
  }
}

TEST(PointTest, DistanceAddsTheVerticalLeg) {
  EXPECT_NEAR(distance_km({0, 0, 4}, {0, 0, 1}), 3, 1e-12);
  const double arc = arc_km({0, 0, 0}, {0.1, 0.2, 0});
  EXPECT_NEAR(distance_km({0, 0, 2}, {0.1, 0.2, 7}), std::hypot(arc, 5), 1e-12);
}

TEST(PointTest, DestinationAgreesWithArcAndAzimuth) {
  RandomPoints random;
  for (int i = 0; i < 1000; ++i) {
    const Point from = random(85);
    const double azimuth = random.uniform(0, 360), distance = random.uniform(0.1, 5000);
    const Point to = destination(from, azimuth, distance, 3);
    EXPECT_NEAR(arc_km(from, to), distance, 1e-8);
    EXPECT_LT(turn(azimuth_deg(from, to), azimuth), 1e-6);
    EXPECT_DOUBLE_EQ(to.depth_km, from.depth_km + 3);
    EXPECT_GE(to.lon_deg, -180);
    EXPECT_LT(to.lon_deg, 180);
  }
}

TEST(PointTest, AzimuthStaysBelow360) {
  EXPECT_DOUBLE_EQ(azimuth_deg({0, 0, 0}, {0, 1, 0}), 0);
  EXPECT_LT(azimuth_deg({0, 0, 0}, {-1e-300, 1, 0}), 360);
  EXPECT_NEAR(azimuth_deg({0, 0, 0}, {0, -1, 0}), 180, 1e-12);
}

TEST(PointTest, LongitudesAreNormalised) {
  EXPECT_EQ(normalized_lon(180), -180);
  EXPECT_EQ(normalized_lon(-180), -180);
  EXPECT_EQ(normalized_lon(190), -170);
  EXPECT_EQ(normalized_lon(-190), 170);
  EXPECT_EQ(normalized_lon(720.5), 0.5);
  const double below = normalized_lon(std::nextafter(-180.0, -181.0));
  EXPECT_GE(below, -180);
  EXPECT_LT(below, 180);
}

TEST(PointTest, DegreesAreRoundedHalvesToEven) {
  EXPECT_EQ(rounded_degrees(1.234567), 1.23457);
  EXPECT_EQ(rounded_degrees(0.5 / 1e5), 0);
  EXPECT_EQ(rounded_degrees(rounded_degrees(-122.123456)), -122.12346);
}

TEST(PointsTest, ViewIsPaddedWithTheLastPoint) {
  Points points(std::vector<Point>{{1, 2, 3}, {4, 5, 6}});
  const PointsView view = points.view();
  ASSERT_EQ(view.size, 2u);
  ASSERT_EQ(view.lon_deg.size(), 16u);
  ASSERT_EQ(view.z.size(), 16u);
  EXPECT_EQ(view.lon_deg[15], 4);
  EXPECT_EQ(view.x[15], to_cartesian({4, 5, 6}).x);
}

TEST(PointsTest, GrowsAfterAView) {
  Points points;
  EXPECT_EQ(points.view().lon_deg.size(), 0u);
  for (int i = 0; i < 17; ++i) {
    points.push_back({static_cast<double>(i), 0, 0});
    points.view();
  }
  EXPECT_EQ(points.size(), 17u);
  EXPECT_EQ(points.view().lon_deg.size(), 32u);
  for (int i = 0; i < 17; ++i) EXPECT_EQ(points[static_cast<std::size_t>(i)].lon_deg, i);
  points.clear();
  EXPECT_EQ(points.view().size, 0u);
}

}  // namespace
}  // namespace shakefield::geo
