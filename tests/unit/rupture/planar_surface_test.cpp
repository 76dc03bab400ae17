// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/planar_surface.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "reference_table.hpp"

namespace shakefield::rupture {
namespace {

using geo::Point;
using test::DistanceTable;

Rupture rupture_of(const PlanarSurface& plane) {
  Rupture rupture;
  rupture.surface = std::make_shared<PlanarSurface>(plane);
  rupture.hypocentre = plane.middle();
  return rupture;
}

/// Corners and distances of 30 random planes and 6 sites each, by the OpenQuake engine 3.26.2
/// (reference/gsim).
class PlanarSurfaceReferenceTest : public testing::TestWithParam<const char*> {};

TEST_P(PlanarSurfaceReferenceTest, DistancesAgreeWithThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  const test::ReferenceTable t(*test::reference_dir() / "reference/gsim" / GetParam());
  ASSERT_EQ(t.size(), 180u);
  for (std::size_t i = 0; i < t.size(); ++i) {
    const auto corner = [&](const std::string& c) {
      return Point{t(i, c + "_lon"), t(i, c + "_lat"), t(i, c + "_depth")};
    };
    const PlanarSurface plane({corner("tl"), corner("tr"), corner("bl"), corner("br")},
                              t(i, "strike"), t(i, "dip"), t(i, "width"));
    Rupture rupture = rupture_of(plane);
    rupture.hypocentre = {t(i, "hypo_lon"), t(i, "hypo_lat"), t(i, "hypo_depth")};
    const DistanceTable d(rupture, {{t(i, "lon"), t(i, "lat"), 0}});
    const auto expect_near = [&](double ours, const std::string& column) {
      const double peer = t(i, column);
      EXPECT_NEAR(ours, peer, test::distance_tolerance(peer)) << column << " in row " << i;
    };
    expect_near(d.r_rup[0], "rrup");
    expect_near(d.r_jb[0], "rjb");
    expect_near(d.r_x[0], "rx");
    expect_near(d.r_y0[0], "ry0");
    expect_near(d.r_hypo[0], "rhypo");
    expect_near(d.r_epi[0], "repi");
    const double turn = std::remainder(d.azimuth[0] - t(i, "azimuth"), 360);
    EXPECT_NEAR(turn, 0, 0.05) << "azimuth in row " << i;

    const SurfaceParameters p = plane.parameters();
    EXPECT_NEAR(p.ztor_km, t(i, "ztor"), 1e-5);
    EXPECT_NEAR(p.zbot_km, t(i, "zbot"), 1e-5);
  }
}

INSTANTIATE_TEST_SUITE_P(Settings, PlanarSurfaceReferenceTest,
                         testing::Values("ruptures_crust.csv", "ruptures_interface.csv",
                                         "ruptures_slab.csv", "ruptures_stable.csv"));

TEST(PlanarSurfaceTest, MeasuresStrikeAndDipFromItsCorners) {
  const PlanarCorners corners = corners_about({10, 45, 8}, 30, 60, 20, 10);
  const SurfaceParameters p = PlanarSurface::from_corners(corners).parameters();
  EXPECT_NEAR(p.strike_deg, 30, 0.15);  // meridians converge over half the length
  EXPECT_NEAR(p.dip_deg, 60, 0.01);
  EXPECT_NEAR(p.width_km, 10, 0.01);
  EXPECT_NEAR(p.ztor_km, 8 - 5 * std::sin(std::acos(0.5)), 1e-12);
}

TEST(PlanarSurfaceTest, RejectsEdgesThatAreNotHorizontal) {
  PlanarCorners corners = corners_about({10, 45, 8}, 30, 60, 20, 10);
  corners.top_right.depth_km += 0.1;
  EXPECT_THROW(PlanarSurface::from_corners(corners), core::Error);
}

TEST(PlanarSurfaceTest, RejectsABottomAboveTheTop) {
  const PlanarCorners c = corners_about({10, 45, 8}, 30, 60, 20, 10);
  EXPECT_THROW(
      PlanarSurface::from_corners({c.bottom_left, c.bottom_right, c.top_left, c.top_right}),
      core::Error);
}

TEST(PlanarSurfaceTest, RejectsEdgesOfDifferentLength) {
  PlanarCorners corners = corners_about({10, 45, 8}, 90, 60, 20, 10);
  corners.bottom_right.lon_deg += 0.1;
  EXPECT_THROW(PlanarSurface::from_corners(corners), core::Error);
}

TEST(PlanarSurfaceTest, SiteAboveAHorizontalPlaneSeesItsDepth) {
  const PlanarSurface plane(corners_about({0, 0, 10}, 90, 1e-9, 40, 40), 90, 1e-9, 40);
  const DistanceTable d(rupture_of(plane), {{0, 0, 0}});
  EXPECT_NEAR(d.r_rup[0], 10 + 2 * 20 * 20 / (2 * 6371.0), 1e-3);  // sagitta of the straight plane
  EXPECT_EQ(d.r_jb[0], 0);
}

TEST(PlanarSurfaceTest, DistancesDoNotDependOnThePlaceInTheTile) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> offset(-2, 2);
  const PlanarSurface plane(corners_about({179.9, -30, 8}, 200, 45, 30, 15), 200, 45, 15);
  std::vector<Point> sites;
  for (int i = 0; i < 37; ++i)
    sites.push_back({geo::normalized_lon(179.9 + offset(random)), -30 + offset(random), 0});
  const Rupture rupture = rupture_of(plane);
  const DistanceTable all(rupture, sites);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const DistanceTable one(rupture, {sites[i]});
    EXPECT_EQ(one.r_rup[0], all.r_rup[i]);
    EXPECT_EQ(one.r_jb[0], all.r_jb[i]);
    EXPECT_EQ(one.r_x[0], all.r_x[i]);
    EXPECT_EQ(one.r_y0[0], all.r_y0[i]);
  }
}

TEST(PlanarSurfaceTest, NearestPointsAreWhereTheDistanceSays) {
  const PlanarSurface plane(corners_about({179.9, -30, 8}, 200, 45, 30, 15), 200, 45, 15);
  test::expect_nearest_points(
      plane, {{179.9, -30, 0}, {-179.8, -30.2, -1}, {179.5, -29, 0}, {179.85, -30.05, 5}});
}

TEST(PlanarSurfaceTest, DateLineMakesNoDifference) {
  const auto table = [](double lon) {
    const PlanarSurface plane(corners_about({geo::normalized_lon(lon), 10, 8}, 20, 45, 30, 15), 20,
                              45, 15);
    return DistanceTable(rupture_of(plane), {{geo::normalized_lon(lon + 0.5), 10.4, 0}});
  };
  const DistanceTable here = table(30), there = table(179.8);
  EXPECT_NEAR(here.r_rup[0], there.r_rup[0], 1e-8);
  EXPECT_NEAR(here.r_jb[0], there.r_jb[0], 1e-8);
  EXPECT_NEAR(here.r_x[0], there.r_x[0], 1e-8);
  EXPECT_NEAR(here.r_y0[0], there.r_y0[0], 1e-8);
}

// Across the pole a strike of 0 at one end is one of 180 at the other. Distances from colatitudes.
TEST(PlanarSurfaceTest, SidesGoThroughTheCornersNearThePole) {
  const PlanarSurface plane(
      PlanarSurface::from_corners({{0, 89.9, 0}, {180, 89.9, 0}, {0, 89.9, 10}, {180, 89.9, 10}}));
  const DistanceTable d(rupture_of(plane), {{90, 89, 0}, {0, 89, 0}, {180, 89, 0}, {0, 90, 0}});
  const double degree_km = 6371 * std::numbers::pi / 180;
  EXPECT_NEAR(d.r_jb[0], degree_km, 1e-6);
  EXPECT_NEAR(d.r_jb[1], 0.9 * degree_km, 1e-6);
  EXPECT_NEAR(d.r_jb[2], 0.9 * degree_km, 1e-6);
  EXPECT_NEAR(d.r_jb[3], 0, 1e-6);
  EXPECT_NEAR(d.r_x[0], degree_km, 1e-6);
  EXPECT_NEAR(d.r_y0[2], 0.9 * degree_km, 1e-6);
}

TEST(PlanarSurfaceTest, EveryCornerLiesInTheBoundingSphere) {
  const PlanarSurface plane(corners_about({10, 80, 20}, 300, 30, 200, 60), 300, 30, 60);
  const BoundingSphere bound = plane.bound();
  for (const Point& p : plane.nodes()) {
    const geo::Vec3 v = geo::to_cartesian(p);
    EXPECT_LE(std::hypot(v.x - bound.centre.x, v.y - bound.centre.y, v.z - bound.centre.z),
              bound.radius_km + 1e-9);
  }
}

}  // namespace
}  // namespace shakefield::rupture
