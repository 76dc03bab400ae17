// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/builders.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "reference_table.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::rupture {
namespace {

using geo::Point;

const SimpleFaultGeometry bent = {{{1, -0.2}, {1.4, 0}, {1.7, 0}}, 30, 5, 15};

TEST(SimpleFaultMeshTest, HasTheSizeOfThePeersMesh) {
  // 11 x 43 nodes: docs/definitions/sources.md, section 8, V1.
  const geo::Mesh mesh = simple_fault_mesh(bent, 2);
  EXPECT_EQ(mesh.rows(), 11u);
  EXPECT_EQ(mesh.cols(), 43u);
}

TEST(SimpleFaultMeshTest, NodesAreOneSpacingApart) {
  const geo::Mesh mesh = simple_fault_mesh(bent, 2);
  for (std::size_t row = 0; row + 1 < mesh.rows(); ++row)
    for (std::size_t col = 0; col + 1 < mesh.cols(); ++col) {
      EXPECT_NEAR(geo::distance_km(mesh(row, col), mesh(row + 1, col)), 2, 1e-3);
      EXPECT_NEAR(geo::distance_km(mesh(row, col), mesh(row, col + 1)), 2, 1e-3);
    }
}

TEST(SimpleFaultMeshTest, RejectsWhatIsOutOfRange) {
  const auto kind_of = [](const SimpleFaultGeometry& fault, double spacing_km) {
    try {
      simple_fault_mesh(fault, spacing_km);
    } catch (const core::Error& e) {
      return e.kind();
    }
    return core::ErrorKind::internal;
  };
  SimpleFaultGeometry fault = bent;
  fault.dip_deg = 0;
  EXPECT_EQ(kind_of(fault, 2), core::ErrorKind::data);
  fault = bent;
  fault.lower_depth_km = 5;
  EXPECT_EQ(kind_of(fault, 2), core::ErrorKind::data);
  fault = bent;
  fault.trace.resize(1);
  EXPECT_EQ(kind_of(fault, 2), core::ErrorKind::data);
  EXPECT_EQ(kind_of(bent, 0), core::ErrorKind::data);
  EXPECT_EQ(kind_of(bent, 100), core::ErrorKind::data);
}

TEST(ComplexFaultMeshTest, HasTheSizeOfThePeersMesh) {
  // 25 x 54 nodes: docs/definitions/sources.md, section 8, V4 (edges given there as the demo's).
  const ComplexFaultGeometry fault = {{{{0.6, -1.4, 2}, {1.0, -1.3, 5}, {1.5, -1.0, 8}},
                                       {{0.65, -1.55, 4}, {1.1, -1.4, 10}, {1.5, -1.2, 20}},
                                       {{0.65, -1.7, 8}, {1.2, -1.6, 15}, {1.5, -1.7, 35}}}};
  const geo::Mesh mesh = complex_fault_mesh(fault, 2);
  EXPECT_EQ(mesh.rows(), 25u);
  EXPECT_EQ(mesh.cols(), 54u);
}

TEST(ComplexFaultMeshTest, RejectsEdgesInTheWrongOrder) {
  const ComplexFaultGeometry fault = {
      {{{0, 0, 2}, {0.5, 0, 2}}, {{0, 0.1, 12}, {0.5, 0.1, 12}}}};  // dips to the left
  EXPECT_THROW(complex_fault_mesh(fault, 2), core::Error);
}

TEST(MeshTest, RefusesMoreNodesThanFitIntoMemory) {
  SimpleFaultGeometry flat = bent;
  flat.dip_deg = 1e-9;
  EXPECT_THROW(simple_fault_mesh(flat, 2), core::Error);
  EXPECT_THROW(simple_fault_mesh(bent, 1e-3), core::Error);
  const std::vector<Point> top{{10, 45, 0}, {11, 45, 0}}, bottom{{10, 44, 30}, {11, 44, 30}};
  EXPECT_THROW(complex_fault_mesh({{top, bottom}}, 1e-3), core::Error);
  const std::vector<Point> west{{10, 45, 0}, {10, 44, 30}}, east{{11, 45, 0}, {11, 44, 30}};
  EXPECT_THROW(kite_mesh({{west, east}}, 1e-4, 5), core::Error);
  EXPECT_THROW(kite_mesh({{west, east}}, 0.01, 0.01), core::Error);
}

TEST(PointRuptureTest, TakesTheSizeOfWellsAndCoppersmith) {
  PointRupture rupture;
  rupture.hypocentre = {1, -1.2, 10};
  rupture.mag = 5;
  rupture.rake_deg = 0;
  rupture.strike_deg = 45;
  const auto nodes = make_point_rupture_surface(rupture)->nodes();
  EXPECT_NEAR(geo::distance_km(nodes[0], nodes[1]), std::pow(10, -2.57 + 0.62 * 5), 1e-6);
  EXPECT_NEAR(nodes[2].depth_km - nodes[0].depth_km, std::pow(10, -0.76 + 0.27 * 5), 1e-9);
}

TEST(PointRuptureTest, DoesNotReachAboveGround) {
  PointRupture rupture;
  rupture.hypocentre = {1, -1.2, 1};
  rupture.mag = 7;
  rupture.rake_deg = 90;
  rupture.dip_deg = 30;
  const auto surface = make_point_rupture_surface(rupture);
  EXPECT_NEAR(surface->parameters().ztor_km, 0, 1e-9);
}

TEST(IsOnSurfaceTest, TellsNearFromFar) {
  const auto surface = make_simple_fault_surface(bent, 2);
  EXPECT_TRUE(is_on_surface(*surface, surface->middle()));
  EXPECT_FALSE(is_on_surface(*surface, {1.4, 0.5, 10}));
}

}  // namespace
}  // namespace shakefield::rupture
