// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/source_group_sums.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace shakefield::hazard {
namespace {

/// Two sources of two ruptures each, one value: probabilities of no exceedance and weights.
constexpr double f[2][2] = {{0.9, 0.8}, {0.7, 0.95}};
constexpr double source_weight[2] = {0.25, 0.75};
constexpr double rupture_weight[2][2] = {{0.6, 0.4}, {0.1, 0.9}};

double poe(const GroupLaw& law) {
  SourceGroupSums sums(law, 3);
  for (int s = 0; s < 2; ++s) {
    sums.begin_source(source_weight[s]);
    for (int r = 0; r < 2; ++r) sums.add_rupture(1, {&f[s][r], 1}, rupture_weight[s][r]);
    sums.end_source();
  }
  std::vector<double> rates(3, 0.5);
  sums.add_rates(rates);
  EXPECT_EQ(rates[0], 0.5) << "a value that nothing exceeds";
  EXPECT_EQ(rates[2], 0.5);
  return 1 - std::exp(-(rates[1] - 0.5));
}

TEST(SourceGroupSumsTest, IndependentRupturesMultiply) {
  EXPECT_NEAR(poe({}), 1 - 0.9 * 0.8 * 0.7 * 0.95, 1e-15);
}

// 0.9 (0.25 (1 - 0.9 0.8) + 0.75 (1 - 0.7 0.95))
TEST(SourceGroupSumsTest, ExclusiveSourcesAddWithTheirWeights) {
  EXPECT_NEAR(poe({.sources_exclude = true, .probability = 0.9}),
              0.9 * (0.25 * 0.28 + 0.75 * 0.335), 1e-15);
}

TEST(SourceGroupSumsTest, ExclusiveRupturesAddWithTheirWeights) {
  const double first = 0.6 * 0.1 + 0.4 * 0.2, second = 0.1 * 0.3 + 0.9 * 0.05;
  EXPECT_NEAR(poe({.ruptures_exclude = true}), 1 - (1 - first) * (1 - second), 1e-15);
  EXPECT_NEAR(poe({.ruptures_exclude = true, .probability = 0.8}),
              0.8 * (1 - (1 - first) * (1 - second)), 1e-15);
}

// The definition: sum over the number of occurrences of the cluster.
TEST(SourceGroupSumsTest, ClustersOccurAsAWhole) {
  constexpr double rate = 0.4;
  const double none_once = 0.9 * 0.8 * 0.7 * 0.95;
  double none = 0, term = std::exp(-rate);
  for (int n = 0; n < 30; ++n) {
    none += term * std::pow(none_once, n);
    term *= rate / (n + 1);
  }
  EXPECT_NEAR(poe({.is_cluster = true, .cluster_rate = rate}), 1 - none, 1e-14);
}

TEST(SourceGroupSumsTest, CertainExceedanceIsAnInfiniteRate) {
  SourceGroupSums sums({}, 1);
  sums.begin_source();
  const double certain = 0;
  sums.add_rupture(0, {&certain, 1});
  sums.end_source();
  std::vector<double> rates(1);
  sums.add_rates(rates);
  EXPECT_EQ(rates[0], std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace shakefield::hazard
