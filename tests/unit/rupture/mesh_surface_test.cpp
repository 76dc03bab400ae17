// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/mesh_surface.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "reference_table.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/rupture/builders.hpp"

namespace shakefield::rupture {
namespace {

using geo::Point;
using test::DistanceTable;

/// The rupture of the project's Hayward example.
SimpleFaultGeometry hayward() {
  return {{{-122.40, 37.99}, {-122.21, 37.80}, {-122.00, 37.58}, {-121.81, 37.45}}, 90, 0, 12};
}

Rupture rupture_of(std::shared_ptr<const Surface> surface) {
  Rupture rupture;
  rupture.hypocentre = surface->middle();
  rupture.surface = std::move(surface);
  return rupture;
}

std::vector<Point> sites_around(double lon, double lat, double reach_deg, int count) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> offset(-reach_deg, reach_deg);
  std::vector<Point> sites;
  for (int i = 0; i < count; ++i)
    sites.push_back({geo::normalized_lon(lon + offset(random)), lat + offset(random), 0});
  return sites;
}

TEST(MeshSurfaceTest, HaywardDistancesAgreeWithThePeer) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  const test::ReferenceTable t(*test::reference_dir() /
                               "reference/scenario/hayward_mean_sigma.csv");
  ASSERT_EQ(t.size(), 1543u);
  std::vector<Point> sites;
  for (std::size_t i = 0; i < t.size(); ++i) sites.push_back({t(i, "lon"), t(i, "lat"), 0});
  const DistanceTable d(rupture_of(make_simple_fault_surface(hayward(), 1)), sites);
  for (std::size_t i = 0; i < t.size(); ++i) {
    EXPECT_NEAR(d.r_rup[i], t(i, "rrup"), test::distance_tolerance(t(i, "rrup"))) << i;
    EXPECT_NEAR(d.r_jb[i], t(i, "rjb"), test::distance_tolerance(t(i, "rjb"))) << i;
  }
}

TEST(MeshSurfaceTest, NearestPointsAreWhereTheDistanceSays) {
  test::expect_nearest_points(*make_simple_fault_surface(hayward(), 1),
                              sites_around(-122, 37.7, 1, 100));
}

TEST(MeshSurfaceTest, RuptureDistanceIsThatOfTheNearestNode) {
  const auto surface = make_simple_fault_surface({{{20, 10}, {20.3, 10.2}}, 40, 2, 14}, 2);
  std::vector<Point> sites = sites_around(20, 10, 8, 300);
  for (std::size_t i = 0; i < sites.size(); i += 3) sites[i].depth_km = -2;
  const DistanceTable d(rupture_of(surface), sites);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Point& node : surface->nodes())
      nearest = std::min(nearest, geo::chord_km(sites[i], node));
    EXPECT_NEAR(d.r_rup[i], nearest, 1e-5);
  }
}

TEST(MeshSurfaceTest, JoynerBooreDistanceVanishesAboveTheSurface) {
  const auto surface = make_simple_fault_surface({{{20, 10}, {20.3, 10}}, 30, 0, 10}, 1);
  const DistanceTable d(rupture_of(surface), {{20.15, 9.9, 0}, {20.15, 10.1, 0}});
  EXPECT_EQ(d.r_jb[0], 0);
  EXPECT_NEAR(d.r_jb[1], geo::arc_km({20.15, 10}, {20.15, 10.1}), 0.01);
}

TEST(MeshSurfaceTest, HangingWallIsPositive) {
  const auto surface = make_simple_fault_surface({{{20, 0}, {20.3, 0}}, 30, 0, 10}, 1);
  const DistanceTable d(rupture_of(surface), {{20.1, -0.2, 0}, {20.1, 0.2, 0}, {20.5, -0.2, 0}});
  EXPECT_NEAR(d.r_x[0], geo::arc_km({20, 0}, {20, 0.2}), 0.01);
  EXPECT_NEAR(d.r_x[1], -geo::arc_km({20, 0}, {20, 0.2}), 0.01);
  EXPECT_NEAR(d.r_x[2], d.r_x[0], 0.01);  // the last segment goes on
  EXPECT_EQ(d.r_y0[0], 0);
  EXPECT_NEAR(d.r_y0[2], geo::arc_km({20.3, 0}, {20.5, 0}), 0.6);  // the mesh ends within s / 2
}

TEST(MeshSurfaceTest, DistancesDoNotDependOnThePlaceInTheTile) {
  const Rupture rupture = rupture_of(make_simple_fault_surface(hayward(), 2));
  const std::vector<Point> sites = sites_around(-122, 37.7, 1, 37);
  const DistanceTable all(rupture, sites);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const DistanceTable one(rupture, {sites[i]});
    EXPECT_EQ(one.r_rup[0], all.r_rup[i]);
    EXPECT_EQ(one.r_jb[0], all.r_jb[i]);
    EXPECT_EQ(one.r_x[0], all.r_x[i]);
    EXPECT_EQ(one.r_y0[0], all.r_y0[i]);
  }
}

TEST(MeshSurfaceTest, WindowEqualsASurfaceOfItsOwnNodes) {
  const geo::Mesh mesh = simple_fault_mesh(hayward(), 2);
  const MeshSurface window(std::make_shared<FaultMesh>(mesh), SurfaceKind::simple_fault,
                           {1, 5, 4, 9});
  const MeshSurface own(mesh.window(1, 5, 4, 9), SurfaceKind::simple_fault);
  EXPECT_EQ(window.nodes(), own.nodes());
  EXPECT_EQ(window.middle(), own.middle());
  EXPECT_EQ(window.parameters().dip_deg, own.parameters().dip_deg);
  EXPECT_EQ(window.parameters().strike_deg, own.parameters().strike_deg);
  const std::vector<Point> sites = sites_around(-122, 37.7, 1, 20);
  const DistanceTable a(rupture_of(std::make_shared<MeshSurface>(window)), sites);
  const DistanceTable b(rupture_of(std::make_shared<MeshSurface>(own)), sites);
  EXPECT_EQ(a.r_rup, b.r_rup);
  EXPECT_EQ(a.r_jb, b.r_jb);
}

TEST(MeshSurfaceTest, DateLineMakesNoDifference) {
  const std::vector<Point> offsets = {{0.3, 0.1}, {0.05, -0.3}, {-0.7, 0.02}};
  const auto table = [&](double lon, double lat) {
    const auto point = [&](const Point& o) {
      const double distance = 111 * std::hypot(o.lon_deg, o.lat_deg);
      return geo::destination({geo::normalized_lon(lon), lat},
                              90 - std::atan2(o.lat_deg, o.lon_deg) * 180 / M_PI, distance);
    };
    std::vector<Point> sites;
    for (const Point& o : offsets) sites.push_back(point(o));
    return DistanceTable(
        rupture_of(make_simple_fault_surface({{point({0, 0}), point({0.2, 0.1})}, 50, 1, 12}, 2)),
        sites);
  };
  const DistanceTable here = table(30, 0), date_line = table(179.95, 0);
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    EXPECT_NEAR(date_line.r_rup[i], here.r_rup[i], 1e-6);
    EXPECT_NEAR(date_line.r_jb[i], here.r_jb[i], 1e-6);
    EXPECT_NEAR(date_line.r_x[i], here.r_x[i], 1e-6);
    EXPECT_NEAR(date_line.r_y0[i], here.r_y0[i], 1e-6);
  }
}

TEST(MeshSurfaceTest, LongitudeOfASiteAtThePoleMakesNoDifference) {
  const auto surface = make_simple_fault_surface({{{20, 89.5}, {60, 89.6}}, 60, 1, 12}, 2);
  const std::vector<Point> sites = {{0, 90, 0}, {123, 90, 0}, {-180, 90, 0}};
  const DistanceTable d(rupture_of(surface), sites);
  double nearest = std::numeric_limits<double>::infinity();
  for (const Point& node : surface->nodes())
    nearest = std::min(nearest, geo::chord_km(sites[0], node));
  for (std::size_t i = 0; i < sites.size(); ++i) {
    EXPECT_NEAR(d.r_rup[i], nearest, 1e-5);
    EXPECT_NEAR(d.r_jb[i], d.r_jb[0], 1e-6);
    EXPECT_NEAR(d.r_x[i], d.r_x[0], 1e-6);
    EXPECT_NEAR(d.r_y0[i], d.r_y0[0], 1e-6);
  }
}

TEST(MeshSurfaceTest, GriddedSurfaceHasNoTopEdge) {
  const auto surface = make_gridded_surface({{0, 0, 5}, {0.1, 0, 5}, {0, 0.1, 9}, {0.1, 0.1, 9}});
  EXPECT_NO_THROW(DistanceTable(rupture_of(surface), {{1, 1}}, Distance::r_rup | Distance::r_jb));
  try {
    DistanceTable(rupture_of(surface), {{1, 1}});
    FAIL() << "r_x of a gridded surface must be refused";
  } catch (const core::Error& e) {
    EXPECT_EQ(e.kind(), core::ErrorKind::unsupported);
  }
  const SurfaceParameters p = surface->parameters();  // dips north under 11.1 km by 4 km
  EXPECT_NEAR(p.strike_deg, 270, 0.1);
  EXPECT_NEAR(p.dip_deg, std::atan2(4, 11.12) * 180 / M_PI, 0.05);
  EXPECT_EQ(p.ztor_km, 5);
}

TEST(MeshSurfaceTest, RejectsAFaultOfOneRow) {
  const auto fault = std::make_shared<FaultMesh>(simple_fault_mesh(hayward(), 2));
  EXPECT_THROW(MeshSurface(fault, SurfaceKind::simple_fault, {0, 0, 1, 4}), core::Error);
}

}  // namespace
}  // namespace shakefield::rupture
