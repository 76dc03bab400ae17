// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "shakefield/field/residuals.hpp"

namespace shakefield::field {
namespace {

TEST(NormalTest, QuantilesAreTheTabulatedOnes) {
  // Upper percentage points of the standard normal; 15 digits as in any statistical table or by R's
  // qnorm.
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.995), 2.575829303548901, 1e-14);
  EXPECT_NEAR(normal_quantile(0.25), -0.674489750196082, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-9), -5.997807015007686, 1e-12);
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_EQ(normal_quantile(0.0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normal_quantile(1.0), std::numeric_limits<double>::infinity());
}

TEST(NormalTest, DistributionInvertsTheQuantile) {
  for (double p = 1e-12; p < 1; p = p < 0.01 ? p * 3 : p + 0.01)
    EXPECT_NEAR(normal_cdf(normal_quantile(p)) / p, 1, 1e-12) << p;
}

TEST(TruncatedNormalTest, SpansTheTruncation) {
  for (const double k : {0.5, 1.0, 3.0, 5.0}) {
    EXPECT_NEAR(truncated_quantile(0, {k}), -k, 1e-9);
    EXPECT_NEAR(truncated_quantile(1, {k}), k, 1e-9);
    EXPECT_LE(truncated_quantile(1, {k}), k);
    EXPECT_EQ(truncated_quantile(0.5, {k}), 0.0);
  }
  EXPECT_EQ(truncated_quantile(0.3, {0}), 0.0);
}

TEST(TruncatedNormalTest, QuantileSolvesItsDistribution) {
  for (const double k : {0.5, 3.0, 99.0})
    for (double p = 0.001; p < 1; p += 0.013) {
      const double z = truncated_quantile(p, {k});
      const double inside = 1 - 2 * normal_cdf(-k);
      EXPECT_NEAR((normal_cdf(z) - normal_cdf(-k)) / inside, p, 1e-13);
    }
}

TEST(TruncatedNormalTest, HasTheSpreadOfIntegration) {
  // Second moment of the truncated density by the midpoint rule, 20,000 points.
  for (const double k : {0.1, 1.0, 2.0, 3.0, 6.0}) {
    double moment = 0, mass = 0;
    const int n = 20000;
    for (int i = 0; i < n; ++i) {
      const double z = k * (2 * (i + 0.5) / n - 1);
      moment += z * z * std::exp(-z * z / 2);
      mass += std::exp(-z * z / 2);
    }
    EXPECT_NEAR(truncated_sd({k}), std::sqrt(moment / mass), 1e-6) << k;
  }
  EXPECT_NEAR(truncated_sd({3}), 0.9866, 5e-5);  // definitions: 0.9866 sigma at k = 3
  EXPECT_NEAR(truncated_sd({99}), 1, 1e-15);
  EXPECT_NEAR(truncated_sd({1e-4}), 1e-4 / std::sqrt(3.0), 1e-12);
  EXPECT_EQ(truncated_sd({0}), 0.0);
}

}  // namespace
}  // namespace shakefield::field
