// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Kite surfaces and surfaces of several parts. Expected figures: the OpenQuake engine 3.26.2, run
// on the surfaces and sites given here.
#include "shakefield/rupture/multi_surface.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "reference_table.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/rupture/builders.hpp"
#include "shakefield/rupture/mesh_surface.hpp"
#include "shakefield/rupture/planar_surface.hpp"

namespace shakefield::rupture {
namespace {

using geo::Point;
using SurfacePtr = std::shared_ptr<const Surface>;

const std::vector<Point> sites = {{10, 45},     {10.3, 45.2}, {10.8, 45.4},   {9.7, 44.8},
                                  {10.5, 44.5}, {12, 46.5},   {10.25, 45.05}, {11.2, 45.1}};

struct Expected {
  SurfaceParameters parameters;
  Point middle;
  std::vector<double> r_rup, r_jb, r_x, r_y0;
};

void expect_like(const SurfacePtr& surface, const Expected& expected, double relative = 1e-6) {
  const SurfaceParameters p = surface->parameters();
  EXPECT_NEAR(p.strike_deg, expected.parameters.strike_deg, 100 * relative);
  EXPECT_NEAR(p.dip_deg, expected.parameters.dip_deg, 1e-3);
  EXPECT_NEAR(p.width_km, expected.parameters.width_km, 1e-3);
  EXPECT_NEAR(p.ztor_km, expected.parameters.ztor_km, 1e-3);
  const Point middle = surface->middle();
  EXPECT_NEAR(middle.lon_deg, expected.middle.lon_deg, 1e-7);
  EXPECT_NEAR(middle.lat_deg, expected.middle.lat_deg, 1e-7);
  EXPECT_NEAR(middle.depth_km, expected.middle.depth_km, 1e-5);
  Rupture rupture;
  rupture.surface = surface;
  const test::DistanceTable d(rupture, sites);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto expect_near = [&](double ours, double peer, const char* what) {
      EXPECT_NEAR(ours, peer, test::distance_tolerance(peer)) << what << " of site " << i;
    };
    expect_near(d.r_rup[i], expected.r_rup[i], "r_rup");
    expect_near(d.r_jb[i], expected.r_jb[i], "r_jb");
    expect_near(d.r_x[i], expected.r_x[i], "r_x");
    expect_near(d.r_y0[i], expected.r_y0[i], "r_y0");
  }
  test::expect_nearest_points(*surface, sites);
}

void expect_node(const geo::Mesh& mesh, std::size_t row, std::size_t col, const Point& expected) {
  EXPECT_NEAR(mesh(row, col).lon_deg, expected.lon_deg, 1e-9);
  EXPECT_NEAR(mesh(row, col).lat_deg, expected.lat_deg, 1e-9);
  EXPECT_NEAR(mesh(row, col).depth_km, expected.depth_km, 1e-9);
}

const KiteGeometry bent = {{{{10, 45, 1}, {10.05, 44.93, 8}, {10.1, 44.9, 15}},
                            {{10.3, 45.1, 1}, {10.34, 45.02, 8}, {10.4, 45.0, 15}},
                            {{10.7, 45.15, 1}, {10.72, 45.05, 8}, {10.75, 45.0, 15}}}};
const KiteGeometry simple = {
    {{{10, 45, 0}, {10.0, 44.9, 12}}, {{10.5, 45.05, 0}, {10.5, 44.95, 12}}}};

TEST(KiteMeshTest, NodesAreThoseOfThePeerAndMissingAtTheSameEnd) {
  const geo::Mesh mesh = kite_mesh(bent, 2, 4);
  ASSERT_EQ(mesh.rows(), 11u);
  ASSERT_EQ(mesh.cols(), 15u);
  for (std::size_t row = 0; row < 11; ++row)
    for (std::size_t col = 0; col < 15; ++col)
      EXPECT_EQ(std::isnan(mesh(row, col).depth_km), col == 0 && row >= 4) << row << ", " << col;
  expect_node(mesh, 0, 0, {10.022124887892344, 45.007413740470255, 1});
  expect_node(mesh, 0, 14, {10.7, 45.15, 1});
  expect_node(mesh, 5, 7, {10.363107282362805, 45.03519000150737, 6.907720154612754});
  expect_node(mesh, 10, 13, {10.691319056712448, 45.011496243983494, 13.369435536479516});
}

TEST(KiteMeshTest, LongestProfileIsTheReferenceAndShorterOnesEndEarly) {
  const geo::Mesh mesh = kite_mesh({{{{10, 45, 0}, {10.0, 44.9, 12}},
                                     {{10.5, 45.05, 0}, {10.5, 44.95, 8}},
                                     {{10.9, 45.05, 0}, {10.9, 44.94, 13}}}},
                                   2, 2);
  ASSERT_EQ(mesh.rows(), 8u);
  ASSERT_EQ(mesh.cols(), 36u);
  expect_node(mesh, 0, 0, {10.0139289740075, 45.00142362847448, 0});
  expect_node(mesh, 0, 35, {10.9, 45.05, 0});
  expect_node(mesh, 6, 18, {10.469033439729932, 44.96024844340796, 7.1192124699726635});
  expect_node(mesh, 7, 34, {10.874668141571549, 44.9627566167252, 10.068409916564361});
}

TEST(KiteMeshTest, ProfilesAgainstTheStrikeGiveAMeshAlongIt) {
  KiteGeometry reversed = simple;
  std::ranges::reverse(reversed.profiles);
  const geo::Mesh mesh = kite_mesh(reversed, 3, 3);
  EXPECT_LT(mesh(0, 0).lon_deg, mesh(0, mesh.cols() - 1).lon_deg);
}

TEST(KiteMeshTest, RejectsOneProfileAndSpacingsOfZero) {
  EXPECT_THROW(kite_mesh({{simple.profiles[0]}}, 3, 3), core::Error);
  EXPECT_THROW(kite_mesh(simple, 0, 3), core::Error);
}

TEST(KiteSurfaceTest, DistancesAndParametersAreThoseOfThePeer) {
  expect_like(
      std::make_shared<MeshSurface>(kite_mesh(bent, 2, 4), SurfaceKind::kite),
      {{73.385249, 43.983551, 18.756152, 1.000000, 0},
       {10.36310728, 45.03519000, 6.907720},
       {2.169065, 11.152555, 28.894028, 32.157943, 55.704230, 180.755249, 3.110777, 38.655973},
       {1.839196, 10.960175, 28.878567, 31.815895, 53.720511, 180.766670, 0, 37.240635},
       {-0.000001, -10.960205, -26.046143, 9.915711, 67.114998, -131.545366, 3.361993, 12.107736},
       {1.902625, 0, 15.431611, 30.934884, 0, 138.499801, 0, 36.050865}});
}

SurfacePtr plane(const PlanarCorners& corners) {
  return std::make_shared<PlanarSurface>(PlanarSurface::from_corners(corners));
}

// The third plane runs against the other two.
const std::vector<SurfacePtr> planes = {
    plane({{10, 45, 0}, {10.2, 45.1, 0}, {10.05, 44.93, 10}, {10.25, 45.03, 10}}),
    plane({{10.22, 45.11, 1}, {10.5, 45.12, 1}, {10.22, 45.03, 12}, {10.5, 45.04, 12}}),
    plane({{10.8, 45.3, 2}, {10.55, 45.15, 2}, {10.75, 45.33, 12}, {10.5, 45.18, 12}})};

TEST(MultiSurfaceTest, PlanesAreThoseOfThePeer) {
  expect_like(
      std::make_shared<MultiSurface>(planes),
      {{94.454338, 54.375767, 12.869619, 1.039918, 0},
       {10.36008575, 45.07508552, 6.500000},
       {0, 9.720946, 11.105594, 32.312132, 60.354724, 161.569344, 5.156947, 38.475158},
       {0, 9.669299, 8.708822, 32.148339, 59.567131, 162.091581, 0, 38.429174},
       {0.001650, -9.728930, -10.613313, 9.207209, 63.502003, -76.658577, 6.173847, 30.231846},
       {0, 0, 5.774590, 28.916653, 0, 135.952057, 0, 13.824966}});
}

TEST(MultiSurfaceTest, KitesAreThoseOfThePeer) {
  // The peer weights kites with areas that are 0.1 % larger.
  const std::vector<SurfacePtr> kites = {
      std::make_shared<MeshSurface>(kite_mesh(simple, 3, 3), SurfaceKind::kite),
      std::make_shared<MeshSurface>(kite_mesh(bent, 2, 4), SurfaceKind::kite)};
  expect_like(
      std::make_shared<MultiSurface>(kites),
      {{76.460892, 45.130722, 17.404541, 0.639882, 0},
       {10.26421002, 44.97169079, 6.601547},
       {0, 11.152555, 28.894028, 28.707422, 51.625547, 180.755249, 2.826076, 38.655973},
       {0, 10.960175, 28.878567, 26.537812, 50.483083, 180.766670, 0, 37.240635},
       {0.001431, -12.938363, -26.766376, 16.666222, 64.514351, -126.307220, 0.118550, 11.606329},
       {0.000028, 0, 12.695736, 28.027288, 0, 128.268539, 0, 36.595860}},
      1e-5);
}

TEST(MultiSurfaceTest, OrderOfThePartsDoesNotMatter) {
  Rupture one, other;
  one.surface = std::make_shared<MultiSurface>(planes);
  other.surface =
      std::make_shared<MultiSurface>(std::vector<SurfacePtr>{planes[2], planes[0], planes[1]});
  const test::DistanceTable a(one, sites), b(other, sites);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    EXPECT_EQ(a.r_rup[i], b.r_rup[i]);
    EXPECT_EQ(a.r_jb[i], b.r_jb[i]);
    EXPECT_NEAR(a.r_x[i], b.r_x[i], 1e-9);
    EXPECT_NEAR(a.r_y0[i], b.r_y0[i], 1e-9);
  }
}

TEST(MultiSurfaceTest, BoundHoldsEveryNode) {
  const MultiSurface surface(planes);
  const BoundingSphere bound = surface.bound();
  EXPECT_EQ(surface.nodes().size(), 12u);
  for (const Point& node : surface.nodes()) {
    const geo::Vec3 v = geo::to_cartesian(node);
    EXPECT_LE(std::hypot(v.x - bound.centre.x, v.y - bound.centre.y, v.z - bound.centre.z),
              bound.radius_km + 1e-9);
  }
}

TEST(MultiSurfaceTest, GriddedPartsHaveNoTopEdge) {
  Rupture rupture;
  rupture.surface = std::make_shared<MultiSurface>(
      std::vector<SurfacePtr>{make_gridded_surface({{10, 45, 5}, {10.1, 45, 5}})});
  EXPECT_THROW(test::DistanceTable(rupture, sites), core::Error);
  EXPECT_THROW(MultiSurface({}), core::Error);
}

}  // namespace
}  // namespace shakefield::rupture
