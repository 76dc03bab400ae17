// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

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

/// The definition, word by word.
double sorted_quantile(double q, const std::vector<double>& values,
                       const std::vector<double>& weights) {
  std::vector<std::pair<double, double>> sorted;
  for (std::size_t r = 0; r < values.size(); ++r) sorted.emplace_back(values[r], weights[r]);
  std::ranges::sort(sorted);
  double below = 0, value_below = sorted.front().first;
  for (const auto& [value, weight] : sorted) {
    if (q <= below + weight) return value_below + (value - value_below) * (q - below) / weight;
    below += weight;
    value_below = value;
  }
  return sorted.back().first;
}

// Values of many orders of magnitude, many of them equal, with very different weights.
TEST(StatisticsTest, QuantilesOfManyRealizationsFollowTheDefinition) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> exponent(-12, 0), weight(0.01, 1);
  for (const std::size_t size : {1, 2, 63, 64, 65, 1000, 30'000})
    for (const double digits : {1e15, 10.0, 1.0}) {
      std::vector<double> values, weights;
      double sum = 0;
      for (std::size_t r = 0; r < size; ++r) {
        values.push_back(std::pow(10, std::round(exponent(random) * digits) / digits));
        sum += weights.emplace_back(std::pow(weight(random), 4));
      }
      for (double& w : weights) w /= sum;
      for (const double q : {0.0, 0.001, 0.05, 0.1587, 0.5, 0.84, 0.95, 0.9999, 1.0}) {
        const double expected = sorted_quantile(q, values, weights);
        EXPECT_NEAR(one({quantile, q}, values, weights), expected, 1e-9 * expected)
            << size << " values, q " << q;
      }
    }
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
