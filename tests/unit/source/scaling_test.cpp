// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/scaling.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "shakefield/core/error.hpp"

namespace shakefield::source {
namespace {

double log_area(const char* name, double mag, double rake_deg) {
  return std::log10(ScalingRelation::named(name).area_km2(mag, rake_deg));
}

TEST(ScalingRelationTest, WellsAndCoppersmithFollowsTheirTable) {
  // Wells & Coppersmith (1994), Table 2A, rupture area, at M 7.
  EXPECT_NEAR(log_area("WC1994", 7, 0), -3.42 + 0.90 * 7, 1e-12);
  EXPECT_NEAR(log_area("WC1994", 7, 180), -3.42 + 0.90 * 7, 1e-12);
  EXPECT_NEAR(log_area("WC1994", 7, 90), -3.99 + 0.98 * 7, 1e-12);
  EXPECT_NEAR(log_area("WC1994", 7, -90), -2.87 + 0.82 * 7, 1e-12);
  EXPECT_NEAR(log_area("WC1994", 7, undefined_rake), -3.49 + 0.91 * 7, 1e-12);
}

TEST(ScalingRelationTest, MechanismsMeetAt45Degrees) {
  EXPECT_EQ(log_area("WC1994", 7, 45), log_area("WC1994", 7, 0));
  EXPECT_EQ(log_area("WC1994", 7, 45.1), log_area("WC1994", 7, 90));
  EXPECT_EQ(log_area("WC1994", 7, -134.9), log_area("WC1994", 7, -90));
  EXPECT_EQ(log_area("WC1994", 7, -135), log_area("WC1994", 7, 0));
}

TEST(ScalingRelationTest, PeerAndPointRelationsAreConstants) {
  EXPECT_NEAR(ScalingRelation::named("PeerMSR").area_km2(6.5, 0), std::pow(10, 2.5), 1e-9);
  EXPECT_NEAR(ScalingRelation::named("PointMSR").area_km2(8, 90), 1e-4, 1e-16);
}

TEST(ScalingRelationTest, FixedWidthBeginsAtALengthOf20Km) {
  const ScalingRelation relation = ScalingRelation::named("WC1994_QCSS");
  for (const double mag : {5.0, 6.0, 6.2, 6.3, 7.5}) {
    const double length = std::pow(10, -2.57 + .62 * mag);
    EXPECT_NEAR(relation.area_km2(mag, 0) / (length * std::min(length, 20.0)), 1, 1e-12);
  }
}

TEST(ScalingRelationTest, ThereAre28) {
  EXPECT_EQ(ScalingRelation::names().size(), 28u);
}

TEST(ScalingRelationTest, TakesTheConstantOfCScaling) {
  EXPECT_NEAR(log_area("CScalingMSR.C = 4.2", 7, 0), 2.8, 1e-12);
  EXPECT_NEAR(log_area("CScalingMSR", 7, 0), 3, 1e-12);
}

TEST(ScalingRelationTest, NamesTheRelationThatItLacks) {
  try {
    ScalingRelation::named("WC1995");
    FAIL() << "an unknown relation must be refused";
  } catch (const core::Error& e) {
    EXPECT_EQ(e.kind(), core::ErrorKind::unsupported);
    EXPECT_NE(std::string(e.what()).find("\"WC1995\""), std::string::npos);
  }
}

}  // namespace
}  // namespace shakefield::source
