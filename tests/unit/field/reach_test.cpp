// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/reach.hpp"

#include <gtest/gtest.h>

namespace shakefield::field {
namespace {

TEST(ReachTest, NumberHoldsForTheMagnitudesOfTheDefinition) {
  const Reach reach(200);
  EXPECT_EQ(reach.km("Active Shallow Crust", 2.5), 200);
  EXPECT_EQ(reach.km("anything", 6.0), 200);
  EXPECT_EQ(reach.km("*", 10.2), 200);
  EXPECT_EQ(reach.km("*", 2.49), 0);
  EXPECT_EQ(reach.km("*", 10.21), 0);
}

TEST(ReachTest, ListIsLinearBetweenItsPointsAndZeroOutside) {
  const Reach reach(Reach::magdist(), {});
  EXPECT_EQ(reach.km("*", 2.9), 0);
  EXPECT_EQ(reach.km("*", 3), 0);
  EXPECT_DOUBLE_EQ(reach.km("*", 4.5), 75);
  EXPECT_EQ(reach.km("*", 6), 150);
  EXPECT_DOUBLE_EQ(reach.km("*", 8), 375);
  EXPECT_EQ(reach.km("*", 10), 600);
  EXPECT_EQ(reach.km("*", 10.1), 0);
}

TEST(ReachTest, RegionComesBeforeTheDefault) {
  const Reach reach(Reach::constant(100), {{"Volcanic", {{5, 50}, {7, 70}}}});
  EXPECT_EQ(reach.km("Volcanic", 6), 60);
  EXPECT_EQ(reach.km("Volcanic", 4), 0);
  EXPECT_EQ(reach.km("Stable", 4), 100);
  EXPECT_EQ(reach.largest(), 100);
}

TEST(ReachTest, WithoutDefaultOtherRegionsHaveNone) {
  const Reach reach({}, {{"Volcanic", Reach::constant(300)}});
  EXPECT_EQ(reach.km("Stable", 6), 0);
  EXPECT_EQ(reach.largest(), 300);
}

}  // namespace
}  // namespace shakefield::field
