// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/epsilon_bins.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <random>

#include "shakefield/hazard/exceedance.hpp"

namespace shakefield::hazard {
namespace {

using enum EpsilonBins::Kind;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Area of the truncated normal from a to b by Simpson's rule.
double area(double a, double b, double k) {
  constexpr int steps = 2000;
  const auto integral = [](double from, double to) {
    const double h = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; ++i) {
      const double x = from + i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 ? 4 : 2) * std::exp(-x * x / 2);
    }
    return sum * h / 3;
  };
  return integral(a, b) / integral(-k, k);
}

std::vector<double> parts(const EpsilonBins& bins, double z) {
  std::vector<double> found(bins.size());
  bins.add(z, 1, found);
  return found;
}

TEST(EpsilonBinsTest, PartsAreAreasAboveTheLevel) {
  const EpsilonBins bins(EpsilonBins::equal_edges(3, 3), 3, usual);
  for (const double z : {-4.0, -3.0, -2.1, -1.0, 0.3, 2.9}) {
    const std::vector<double> found = parts(bins, z);
    for (std::size_t e = 0; e < 3; ++e) {
      const double a = -3 + 2.0 * static_cast<double>(e), b = a + 2;
      const double expected = z >= b ? 0 : area(std::max(a, z), b, 3);
      EXPECT_NEAR(found[e], expected, 1e-12) << "z = " << z << ", bin " << e;
    }
  }
}

TEST(EpsilonBinsTest, PartsAddUpToTheProbabilityOfExceedance) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> any(-1.3, 1.3);
  const std::vector<core::Imt> imts{core::Imt::parse("MMI")};
  for (const double k : {0.5, 3.0, 5.0, 99.0})
    for (const std::size_t count : {1u, 4u, 7u}) {
      const EpsilonBins bins(EpsilonBins::equal_edges(k, count), k, usual);
      for (int i = 0; i < 50; ++i) {
        const double z = any(random) * std::min(k, 6.0);
        const Exceedance curve(imts, {{z}}, k);
        std::vector<double> expected(curve.values());
        const double mean = 0, sigma = 1;
        const std::uint32_t own = 0;
        curve.add({1, {&mean, 1}, {&sigma, 1}}, {&own, 1}, 1, expected);
        const std::vector<double> found = parts(bins, z);
        EXPECT_NEAR(std::accumulate(found.begin(), found.end(), 0.0), expected[0], 1e-11);
      }
    }
}

TEST(EpsilonBinsTest, StarGivesAllToTheBinOfTheLevel) {
  const EpsilonBins bins(EpsilonBins::equal_edges(3, 3), 3, star);
  EXPECT_EQ(parts(bins, 0.5), (std::vector<double>{0, bins.exceedance(0.5), 0}));
  EXPECT_EQ(parts(bins, 1), (std::vector<double>{0, bins.exceedance(1), 0})) << "(a, b]";
  EXPECT_EQ(parts(bins, -3.1), (std::vector<double>{0, 0, 0})) << "as the engine loses it";
  EXPECT_EQ(parts(bins, 3.1), (std::vector<double>{0, 0, 0}));
}

TEST(EpsilonBinsTest, WithoutScatterThereIsAStep) {
  for (const double k : {0.0, 1e-9, 1e-6}) {
    const EpsilonBins bins(EpsilonBins::equal_edges(k, 2), k, usual);
    EXPECT_EQ(parts(bins, -infinity), (std::vector<double>{0.5, 0.5}));
    EXPECT_EQ(parts(bins, infinity), (std::vector<double>{0, 0}));
    EXPECT_EQ(parts(bins, 0), (std::vector<double>{0, 0.5}));
  }
}

TEST(EpsilonBinsTest, AddsAFactorAndSaysWhetherAnythingCame) {
  const EpsilonBins bins({-1, 0, 1}, 3, usual);
  std::vector<double> sums{1, 1};
  EXPECT_FALSE(bins.add(1, 5, sums));
  EXPECT_EQ(sums, (std::vector<double>{1, 1}));
  EXPECT_TRUE(bins.add(-2, 5, sums));
  EXPECT_NEAR(sums[0], 1 + 5 * area(-1, 0, 3), 1e-11);
  EXPECT_NEAR(sums[1], 1 + 5 * area(0, 1, 3), 1e-11);
}

}  // namespace
}  // namespace shakefield::hazard
