// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/maps.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace shakefield::hazard {
namespace {

const std::vector<double> levels{0.01, 0.1, 1.0};

TEST(MapLevelTest, IsLinearInLogarithms) {
  const std::vector<float> poes{0.5f, 0.05f, 0.005f};
  EXPECT_NEAR(map_level(levels, poes, 0.05), 0.1, 1e-8);
  EXPECT_NEAR(map_level(levels, poes, 0.05 / std::sqrt(10.0)), std::sqrt(0.1), 1e-7);
}

TEST(MapLevelTest, EndsOfTheCurveAreZeroAndTheLastLevel) {
  const std::vector<float> poes{0.5f, 0.05f, 0.005f};
  EXPECT_EQ(map_level(levels, poes, 0.6), 0);
  EXPECT_EQ(map_level(levels, poes, 0.001), 1.0);
  EXPECT_EQ(map_level(levels, {std::vector<float>(3, 0.0f)}, 0.1), 0) << "no hazard at all";
}

// ln(poe): ln 0.5 at 0.1, ln 1e-30 at 1.
TEST(MapLevelTest, ZeroCountsAs1e30th) {
  const std::vector<float> poes{0.9f, 0.5f, 0.0f};
  const double share = std::log(0.5 / 0.1) / std::log(0.5 / 1e-30);
  EXPECT_NEAR(map_level(levels, poes, 0.1), 0.1 * std::pow(10, share), 1e-12);
}

TEST(ReturnPeriodTest, IsRoundedToYears) {
  EXPECT_EQ(return_period_yr(0.1, 50), 475);
  EXPECT_EQ(return_period_yr(0.02, 50), 2475);
  EXPECT_EQ(return_period_yr(0.2, 50), 224);
  EXPECT_EQ(return_period_yr(0.002, 50), 24975);
}

TEST(SpectralImtsTest, AreAccelerationsByPeriod) {
  std::vector<core::Imt> imts;
  for (const char* name : {"SA(1.0)", "PGV", "PGA", "SA(0.2)", "MMI"})
    imts.push_back(core::Imt::parse(name));
  EXPECT_EQ(spectral_imts(imts), (std::vector<std::size_t>{2, 3, 0}));
}

}  // namespace
}  // namespace shakefield::hazard
