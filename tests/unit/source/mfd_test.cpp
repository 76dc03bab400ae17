// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/mfd.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "shakefield/core/error.hpp"

namespace shakefield::source {
namespace {

TEST(TruncatedGrTest, BinsStandAtHalfMultiplesOfTheWidth) {
  const MagnitudeBins bins = magnitude_bins(TruncatedGr{4, 1, 5, 6}, 0.5);
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_DOUBLE_EQ(bins[0].mag, 5.25);
  EXPECT_DOUBLE_EQ(bins[1].mag, 5.75);
  EXPECT_NEAR(bins[0].rate, 0.1 - std::pow(10, -1.5), 1e-15);  // 10^(4-5) - 10^(4-5.5)
  EXPECT_NEAR(bins[1].rate, std::pow(10, -1.5) - 0.01, 1e-15);
}

TEST(TruncatedGrTest, RatesSumToTheWholeRange) {
  double sum = 0;
  for (const MagnitudeBin& bin : magnitude_bins(TruncatedGr{4.2, .9, 6.5, 7.9}, 0.1))
    sum += bin.rate;
  EXPECT_NEAR(sum, std::pow(10, 4.2 - .9 * 6.5) - std::pow(10, 4.2 - .9 * 7.9), 1e-15);
}

TEST(TruncatedGrTest, EndsAreRoundedToMultiplesOfTheWidth) {
  const MagnitudeBins bins = magnitude_bins(TruncatedGr{4, 1, 5.04, 5.36}, 0.1);
  ASSERT_EQ(bins.size(), 4u);
  EXPECT_NEAR(bins.front().mag, 5.05, 1e-12);
  EXPECT_NEAR(bins.back().mag, 5.35, 1e-12);
}

TEST(TruncatedGrTest, RejectsWhatGivesNoBins) {
  EXPECT_THROW(magnitude_bins(TruncatedGr{4, 1, 5, 5.05}, 0.1), core::Error);
  EXPECT_THROW(magnitude_bins(TruncatedGr{4, 0, 5, 6}, 0.1), core::Error);
  EXPECT_THROW(magnitude_bins(TruncatedGr{4, 1, 5, 6}, 0), core::Error);
  EXPECT_THROW(magnitude_bins(TruncatedGr{std::numeric_limits<double>::quiet_NaN(), 1, 5, 6}, 0.1),
               core::Error);
}

TEST(IncrementalMfdTest, DropsBinsWithoutRate) {
  const MagnitudeBins bins = magnitude_bins(IncrementalMfd{6, 0.25, {0.1, 0, 0.3}});
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_DOUBLE_EQ(bins[1].mag, 6.5);
  EXPECT_DOUBLE_EQ(bins[1].rate, 0.3);
}

TEST(IncrementalMfdTest, RejectsNegativeRatesAndNoRates) {
  EXPECT_THROW(magnitude_bins(IncrementalMfd{6, 0.1, {0.1, -0.1}}), core::Error);
  EXPECT_THROW(magnitude_bins(IncrementalMfd{6, 0.1, {0, 0}}), core::Error);
  EXPECT_THROW(magnitude_bins(IncrementalMfd{6, 0, {1}}), core::Error);
}

TEST(MfdTest, ScalingIsOfRatesOnly) {
  const MagnitudeBins bins = scaled({{6, 0.1}, {7, 0.2}}, 0.5);
  EXPECT_DOUBLE_EQ(bins[1].mag, 7);
  EXPECT_DOUBLE_EQ(bins[1].rate, 0.1);
}

}  // namespace
}  // namespace shakefield::source
