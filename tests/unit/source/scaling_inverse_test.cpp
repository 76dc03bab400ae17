// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"
#include "shakefield/source/scaling.hpp"

namespace shakefield::source {
namespace {

// Magnitudes of 500 and 100,000 km2 and standard deviations of the OpenQuake engine 3.26.2.
struct Case {
  const char* name;
  double rake_deg, of_500, of_100000, sd;
};

TEST(ScalingInverseTest, GivesTheMagnitudesOfThePeer) {
  for (const auto& [name, rake, of_500, of_100000, sd] :
       {Case{"WC1994", 0, 6.73295, 9.08, .23},
        {"WC1994", 90, 6.75907, 8.83, .25},
        {"WC1994", -90, 6.68295, 9.03, .25},
        {"WC1994", 135, 6.75907, 8.83, .25},
        {"WC1994", undefined_rake, 6.71499, 8.97, .24},
        {"Leonard2010_SCR", 0, 6.88897, 9.19, 0},
        {"Leonard2014_SCR", 135, 6.87897, 9.18, 0},
        {"Leonard2014_SCR", 90, 6.88897, 9.19, 0},
        {"StrasserInterface", 0, 6.72433, 8.671, .286},
        {"StrasserIntraslab", 0, 6.70169, 8.959, .193},
        {"ThingbaijamInterface", 0, 6.31293, 8.73762, .15},
        {"ThingbaijamReverseFault", 90, 6.73114, 8.92469, .121},
        {"AllenHayesIntraslab", 0, 6.86351, 9.26042, .19},
        {"AllenHayesInterfaceBilinear", 0, 6.81883, 8.93548, .266}}) {
    const auto relation = ScalingRelation::named(name);
    EXPECT_NEAR(relation.magnitude(500, rake).median, of_500, 6e-6) << name << ' ' << rake;
    EXPECT_NEAR(relation.magnitude(100'000, rake).median, of_100000, 6e-6) << name << ' ' << rake;
    EXPECT_EQ(relation.magnitude(500, rake).sd, sd) << name << ' ' << rake;
  }
}

TEST(ScalingInverseTest, RefusesRelationsThatGiveNoMagnitude) {
  EXPECT_THROW(ScalingRelation::named("PeerMSR").magnitude(500, 0), core::Error);
}

}  // namespace
}  // namespace shakefield::source
