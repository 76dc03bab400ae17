// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/moment_rate.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace shakefield::source {
namespace {

/// Sum of rate x moment over very fine bins.
double summed_moment(const Mfd& mfd) {
  double sum = 0;
  for (const MagnitudeBin& bin : magnitude_bins(mfd, 1e-3))
    sum += bin.rate * std::pow(10, 1.5 * bin.mag + 9.05);
  return sum;
}

TEST(MomentRateTest, IsTheSumOverFineBins) {
  for (const double b : {0.7, 1.0, 1.5, 1.8}) {
    const TruncatedGr gr{4, b, 5, 7};
    EXPECT_NEAR(moment_rate_nm(gr) / summed_moment(gr), 1, 1e-5) << b;
  }
  const AlternativeCharacteristicMfd two_zones{5, 7.5, 1.0, 0.8, 0.6, 0.5, 0.01};
  EXPECT_NEAR(moment_rate_nm(two_zones) / summed_moment(two_zones), 1, 1e-5);
}

TEST(MomentRateTest, BalancesAsThePeer) {
  // a of the engine 3.26.2 after b = 0.9 + 0.1 and - 0.1, and after mmax = 6.5 + 0.25 and - 0.1
  const TruncatedGr gr{3.5, 0.9, 5, 6.5};
  const double moment = moment_rate_nm(gr);
  EXPECT_NEAR(with_moment_rate(TruncatedGr{3.5, 1.0, 5, 6.5}, moment).a, 4.051663376040608, 1e-12);
  EXPECT_NEAR(with_moment_rate(TruncatedGr{3.5, 0.8, 5, 6.5}, moment).a, 2.9502054003915816, 1e-12);
  EXPECT_NEAR(with_moment_rate(TruncatedGr{3.5, 0.9, 5, 6.75}, moment).a, 3.3321060883135876,
              1e-12);
  EXPECT_NEAR(with_moment_rate(TruncatedGr{3.5, 0.9, 5, 6.4}, moment).a, 3.5693671377711618, 1e-12);
}

TEST(MomentRateTest, RescalesTheTotalRateOfTwoZones) {
  const AlternativeCharacteristicMfd before{5, 7.5, 1.0, 0.8, 0.6, 0.5, 0.01};
  AlternativeCharacteristicMfd after = before;
  after.b_gr = 1.2;
  after = with_moment_rate(after, moment_rate_nm(before));
  EXPECT_NE(after.total_rate, before.total_rate);
  EXPECT_NEAR(summed_moment(after) / summed_moment(before), 1, 1e-5);
}

}  // namespace
}  // namespace shakefield::source
