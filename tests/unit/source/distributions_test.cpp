// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/distributions.hpp"

#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"

namespace shakefield::source {
namespace {

TEST(DistributionsTest, StayAsGivenWithoutRepetition) {
  const std::vector<HypoDepth> depths = merged(std::vector<HypoDepth>{{.6, 8}, {.4, 4}});
  EXPECT_EQ(depths[0].depth_km, 8);
  EXPECT_EQ(depths[1].depth_km, 4);
}

TEST(DistributionsTest, RepeatedValuesAreAddedAndTheListSorted) {
  const std::vector<HypoDepth> depths =
      merged(std::vector<HypoDepth>{{.4, 8}, {.3, 4}, {.2, 8}, {.1, 12}});
  ASSERT_EQ(depths.size(), 3u);
  EXPECT_EQ(depths[0].depth_km, 12);
  EXPECT_EQ(depths[1].depth_km, 4);
  EXPECT_EQ(depths[2].depth_km, 8);
  EXPECT_NEAR(depths[2].probability, .6, 1e-15);
}

TEST(DistributionsTest, RejectsSumsOtherThanOneAndZeroProbability) {
  EXPECT_THROW(merged(std::vector<HypoDepth>{{.4, 8}, {.5, 4}}), core::Error);
  EXPECT_THROW(merged(std::vector<HypoDepth>{{1, 8}, {0, 4}}), core::Error);
  EXPECT_THROW(merged(std::vector<NodalPlane>{}), core::Error);
}

TEST(AspectRatioTest, IsLinearBetweenItsTwoPoints) {
  const AspectRatio ratio{5, 1, 7, 3};
  EXPECT_EQ(ratio.at(4), 1);
  EXPECT_EQ(ratio.at(6), 2);
  EXPECT_EQ(ratio.at(8), 3);
  EXPECT_EQ(AspectRatio::constant(1.5).at(6), 1.5);
}

}  // namespace
}  // namespace shakefield::source
