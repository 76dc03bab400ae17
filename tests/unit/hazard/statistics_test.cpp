// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace shakefield::hazard {
namespace {

using enum Statistic::Kind;

double one(Statistic statistic, const std::vector<double>& values,
           const std::vector<double>& weights) {
  Statistics statistics({statistic});
  double result = 0;
  statistics.compute(values, weights, {&result, 1});
  return result;
}

TEST(StatisticsTest, NamesAreThoseOfTheEngine) {
  EXPECT_EQ(Statistic{mean}.name(), "mean");
  EXPECT_EQ(Statistic{std}.name(), "std");
  EXPECT_EQ(Statistic{max}.name(), "max");
  EXPECT_EQ((Statistic{quantile, 0.05}.name()), "quantile-0.05");
  EXPECT_EQ((Statistic{quantile, 0.5}.name()), "quantile-0.5");
}

// By hand: values 1, 2, 4 with weights 0.5, 0.3, 0.2.
TEST(StatisticsTest, MeanDeviationAndLargestByHand) {
  const std::vector<double> values{2, 4, 1}, weights{0.3, 0.2, 0.5};
  EXPECT_DOUBLE_EQ(one({mean}, values, weights), 1.9);
  EXPECT_DOUBLE_EQ(one({std}, values, weights), std::sqrt(4.9 - 1.9 * 1.9));
  EXPECT_EQ(one({max}, values, weights), 4);
  EXPECT_EQ(one({max}, {3, 9}, {1, 0}), 9) << "weights do not count";
}

// Cumulated weights 0.5, 0.8, 1 at 1, 2, 4.
TEST(StatisticsTest, QuantilesAreLinearInCumulatedWeights) {
  const std::vector<double> values{2, 4, 1}, weights{0.3, 0.2, 0.5};
  EXPECT_EQ(one({quantile, 0.0}, values, weights), 1);
  EXPECT_EQ(one({quantile, 0.5}, values, weights), 1);
  EXPECT_DOUBLE_EQ(one({quantile, 0.65}, values, weights), 1.5);
  EXPECT_DOUBLE_EQ(one({quantile, 0.9}, values, weights), 3);
  EXPECT_DOUBLE_EQ(one({quantile, 1.0}, values, weights), 4);
}

// As the engine has it: not the usual midpoint.
TEST(StatisticsTest, MedianOfEqualWeightsIsTheValueAtHalf) {
  EXPECT_EQ(one({quantile, 0.5}, {5, 3}, {0.5, 0.5}), 3);
  const std::vector<double> eight{8, 7, 6, 5, 4, 3, 2, 1};
  EXPECT_EQ(one({quantile, 0.5}, eight, std::vector<double>(8, 0.125)), 4);
}

TEST(StatisticsTest, OneRealizationIsEveryStatistic) {
  for (const Statistic s : {Statistic{mean}, {quantile, 0.1}, {quantile, 0.9}, {max}})
    EXPECT_EQ(one(s, {0.25}, {1}), 0.25);
  EXPECT_EQ(one({std}, {0.25}, {1}), 0);
}

TEST(StatisticsTest, RatesAndProbabilitiesConvertAsTheEngineDoes) {
  EXPECT_DOUBLE_EQ(rate_of(1 - std::exp(-0.3)), 0.3);
  EXPECT_EQ(rate_of(1e-13), 0);
  EXPECT_EQ(rate_of(1), 100);
  EXPECT_NEAR(probability_of(0.3), 1 - std::exp(-0.3), 1e-16);
}

}  // namespace
}  // namespace shakefield::hazard
