// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/bin_axis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace shakefield::hazard {
namespace {

using Edges = std::vector<double>;

// docs/definitions/hazard.md, section 4.2.
TEST(BinAxisTest, MagnitudesHaveEdgesOnMultiplesOfTheWidth) {
  EXPECT_EQ(BinAxis::of_magnitudes(5.05, 7.95, 1).edges(), (Edges{5, 6, 7, 8}));
  EXPECT_EQ(BinAxis::of_magnitudes(6.2, 6.4, 1).edges(), (Edges{6, 7}));
  EXPECT_EQ(BinAxis::of_magnitudes(6, 6, 1).edges(), (Edges{6, 7})) << "one more for the last edge";
  EXPECT_EQ(BinAxis::of_magnitudes(5.5, 7, 0.5).edges(), (Edges{5.5, 6, 6.5, 7, 7.5}));
}

// The engine's own figures for magnitudes on an edge of bins of 0.1: they are in single precision.
TEST(BinAxisTest, MagnitudesOnAnEdgeBelongToTheLowerBin) {
  const BinAxis axis = BinAxis::of_magnitudes(5.0, 6.5, 0.1);
  const auto lower_edge = [&](double mag) {
    return axis.edges()[*axis.find(static_cast<float>(mag))];
  };
  EXPECT_NEAR(lower_edge(5.1), 5.0, 1e-12);
  EXPECT_NEAR(lower_edge(5.3), 5.3, 1e-12);
  EXPECT_NEAR(lower_edge(5.9), 5.9, 1e-12);
  const BinAxis wide = BinAxis::of_magnitudes(5, 7.5, 1);
  EXPECT_EQ(wide.find(6), 0u);
  EXPECT_EQ(wide.find(6.01), 1u);
  EXPECT_EQ(wide.find(4), 0u) << "below the first edge: the first bin";
  EXPECT_EQ(wide.find(8.1), std::nullopt);
}

TEST(BinAxisTest, DistancesOnAnEdgeBelongToTheUpperBin) {
  const BinAxis axis = BinAxis::of_distances(25, 10);
  EXPECT_EQ(axis.edges(), (Edges{0, 10, 20, 30}));
  EXPECT_EQ(axis.find(0), 0u);
  EXPECT_EQ(axis.find(10), 1u);
  EXPECT_EQ(axis.find(9.999), 0u);
  EXPECT_EQ(axis.find(30), 2u);
  EXPECT_EQ(axis.find(99), 2u);
  EXPECT_EQ(axis.centre(1), 15);
}

// Edges of the site at 0.5, -0.5 in the engine's files of its disaggregation demo: 200 km, bins of
// 0.2 degrees.
TEST(BinAxisTest, CoordinatesHaveTheEdgesOfTheEngine) {
  const double extent = 200 * 0.0089932;
  const std::size_t count = static_cast<std::size_t>(std::ceil(extent / 0.2));
  const BinAxis lat = BinAxis::of_coordinates(-0.5, extent, count);
  const BinAxis lon =
      BinAxis::of_coordinates(0.5, extent / std::cos(0.5 * std::numbers::pi / 180), count);
  ASSERT_EQ(lat.size(), 9u);
  EXPECT_NEAR(lat.edges()[0], -2.29864, 1e-12);
  EXPECT_NEAR(lat.edges()[5], -0.3001511111111115, 1e-12);
  EXPECT_NEAR(lat.edges()[9], 1.2986399999999996, 1e-12);
  EXPECT_NEAR(lon.edges()[0], -1.2987084893077223, 1e-12);
  EXPECT_NEAR(lon.edges()[9], 2.2987084893077214, 1e-12);
  EXPECT_EQ(lon.find(-2), 0u);
  EXPECT_EQ(lon.find(3), 8u);
}

TEST(BinAxisTest, DropsWhatIsBeyondEdgesThatSayThat) {
  const BinAxis axis({10, 20, 40}, BinAxis::Edge::upper_bin, {false, false});
  EXPECT_EQ(axis.find(9.99), std::nullopt);
  EXPECT_EQ(axis.find(10), 0u);
  EXPECT_EQ(axis.find(39), 1u);
  EXPECT_EQ(axis.find(40), std::nullopt);
}

}  // namespace
}  // namespace shakefield::hazard
