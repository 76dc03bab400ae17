// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/projection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "shakefield/core/units.hpp"

namespace shakefield::geo {
namespace {

TEST(OrthographicProjectionTest, MatchesSnydersNumericalExample) {
  // Snyder (1987), p. 311: unit sphere, centre 40 N 100 W, point 30 N 110 W: x = -0.1503837, y =
  // -0.1651911.
  const OrthographicProjection projection({-100, 40, 0});
  const PlanePoint xy = projection.forward(-110, 30);
  EXPECT_NEAR(xy.x_km / core::earth_radius_km, -0.1503837, 5e-8);
  EXPECT_NEAR(xy.y_km / core::earth_radius_km, -0.1651911, 5e-8);
}

TEST(OrthographicProjectionTest, InverseUndoesForward) {
  std::mt19937_64 engine(7);
  std::uniform_real_distribution<double> unit(-1, 1);
  for (int i = 0; i < 1000; ++i) {
    const Point centre{180 * unit(engine), 80 * unit(engine), 0};
    const OrthographicProjection projection(centre);
    const Point p = destination(centre, 180 + 180 * unit(engine), 1500 + 1400 * unit(engine));
    const Point q = projection.inverse(projection.forward(p.lon_deg, p.lat_deg), 5);
    EXPECT_NEAR(std::remainder(p.lon_deg - q.lon_deg, 360), 0, 1e-8);
    EXPECT_NEAR(p.lat_deg, q.lat_deg, 1e-10);
    EXPECT_EQ(q.depth_km, 5);
  }
}

TEST(OrthographicProjectionTest, ColumnsEqualSinglePoints) {
  const OrthographicProjection projection({179.5, -20, 0});
  Points points(std::vector<Point>{{179, -21, 0}, {-179, -19.5, 12}, {180, -20, -1}});
  const PointsView view = points.view();
  std::vector<double> x(3), y(3), x_fast(3), y_fast(3);
  projection.forward(view.lon_deg.first(3), view.lat_deg.first(3), x, y);
  projection.forward(view, x_fast, y_fast);
  for (std::size_t i = 0; i < 3; ++i) {
    const PlanePoint xy = projection.forward(points[i].lon_deg, points[i].lat_deg);
    EXPECT_EQ(x[i], xy.x_km);
    EXPECT_EQ(y[i], xy.y_km);
    EXPECT_NEAR(x_fast[i], xy.x_km, 1e-9);
    EXPECT_NEAR(y_fast[i], xy.y_km, 1e-9);
  }
}

}  // namespace
}  // namespace shakefield::geo
