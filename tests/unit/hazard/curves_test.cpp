// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/curves.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace shakefield::hazard {
namespace {

using enum Statistic::Kind;

/// Random rates of columns, and realizations that take some of them.
struct RandomTree {
  static constexpr std::size_t num_columns = 12, num_imts = 2, level_stride = 16,
                               num_values = num_imts * level_stride, column_stride = num_values + 8;
  Combination combination;
  std::vector<double> rates;

  explicit RandomTree(std::size_t realizations) {
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> exponent(-9, 1), share(0.1, 1);
    for (std::size_t i = 0; i < num_columns * column_stride; ++i)
      rates.push_back(std::pow(10, exponent(random)));
    for (std::size_t r = 0; r < realizations; ++r) {
      auto& columns = combination.columns.emplace_back();
      for (std::uint32_t c = 0; c < num_columns; ++c)
        if (share(random) < 0.4) columns.push_back(c);
    }
    for (std::size_t m = 0; m < num_imts; ++m) {
      auto& weights = combination.weights.emplace_back();
      double sum = 0;
      for (std::size_t r = 0; r < realizations; ++r) sum += weights.emplace_back(share(random));
      for (double& w : weights) w /= sum;
    }
  }
  double poe(std::size_t r, std::size_t v) const {
    double rate = 0;
    for (const std::uint32_t c : combination.columns[r]) rate += rates[c * column_stride + v];
    return 1 - std::exp(-rate);
  }
};

TEST(CurveMakerTest, NamesStatisticsThenRealizations) {
  const CurveKinds kinds{{{mean}, {quantile, 0.15}}, true};
  EXPECT_THAT(kinds.names(2), testing::ElementsAre("mean", "quantile-0.15", "rlz-000", "rlz-001"));
}

TEST(CurveMakerTest, RatesAddWithinARealizationAndProbabilitiesAreAveragedOver) {
  for (const std::size_t realizations : {1u, 7u, 1000u}) {
    const RandomTree tree(realizations);
    CurveMaker maker(tree.combination, {{{mean}, {std}, {max}}, true});
    ASSERT_EQ(maker.num_kinds(), 3 + realizations);
    std::vector<float> out(maker.num_kinds() * RandomTree::num_values);
    maker.make(tree.rates, RandomTree::column_stride, RandomTree::level_stride, out);
    for (std::size_t v = 0; v < RandomTree::num_values; ++v) {
      const auto& weights = tree.combination.weights[v / RandomTree::level_stride];
      double sum = 0, square = 0, most = 0;
      for (std::size_t r = 0; r < realizations; ++r) {
        const double p = tree.poe(r, v);
        EXPECT_NEAR(out[(3 + r) * RandomTree::num_values + v], p, 1e-7 * p + 1e-15);
        sum += weights[r] * p;
        square += weights[r] * p * p;
        most = std::max(most, p);
      }
      EXPECT_NEAR(out[v], sum, 1e-7 * sum);
      EXPECT_NEAR(out[RandomTree::num_values + v], std::sqrt(std::max(square - sum * sum, 0.0)),
                  2e-7);
      EXPECT_NEAR(out[2 * RandomTree::num_values + v], most, 1e-7 * most);
    }
  }
}

TEST(CurveMakerTest, StatisticsOfRatesComeBackAsProbabilities) {
  const RandomTree tree(5);
  CurveMaker maker(tree.combination, {{{mean}}, false, true});
  std::vector<float> out(RandomTree::num_values);
  maker.make(tree.rates, RandomTree::column_stride, RandomTree::level_stride, out);
  for (std::size_t v = 0; v < RandomTree::num_values; ++v) {
    double rate = 0;
    for (std::size_t r = 0; r < 5; ++r)
      rate += tree.combination.weights[v / RandomTree::level_stride][r] * rate_of(tree.poe(r, v));
    EXPECT_NEAR(out[v], 1 - std::exp(-rate), 1e-6 * rate);
  }
}

TEST(CurveMakerTest, InfiniteRatesAreCertain) {
  CurveMaker maker(Combination::of_realizations({{1.0}}), {{{mean}}});
  std::vector<double> rates(level_padding, std::numeric_limits<double>::infinity());
  rates[1] = 0;
  std::vector<float> out(level_padding);
  maker.make(rates, level_padding, level_padding, out);
  EXPECT_EQ(out[0], 1.0f);
  EXPECT_EQ(out[1], 0.0f);
}

}  // namespace
}  // namespace shakefield::hazard
