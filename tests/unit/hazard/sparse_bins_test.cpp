// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/sparse_bins.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

namespace shakefield::hazard {
namespace {

TEST(SparseBinsTest, HoldsTheSumsOfWhatFellIntoEachBin) {
  SparseBins bins(2);
  std::map<std::uint64_t, std::pair<double, double>> expected;
  std::mt19937_64 random(1);
  for (int i = 0; i < 5000; ++i) {
    const std::uint64_t key = (random() % 700) << 40;
    const double value = static_cast<double>(random() % 1000);
    const auto numbers = bins.at(key);
    numbers[0] += value;
    numbers[1] -= value;
    expected[key].first += value;
    expected[key].second -= value;
  }
  ASSERT_EQ(bins.size(), expected.size());
  const std::vector<std::uint64_t> keys = bins.keys();
  std::size_t i = 0;
  for (const auto& [key, numbers] : expected) {
    EXPECT_EQ(keys[i++], key) << "ascending";
    EXPECT_EQ(bins.find(key)[0], numbers.first);
    EXPECT_EQ(bins.find(key)[1], numbers.second);
  }
}

TEST(SparseBinsTest, AddsOthersBinByBin) {
  SparseBins a(1), b(1);
  a.at(7)[0] = 1;
  b.at(7)[0] = 2;
  b.at(1)[0] = 5;
  a.add(b);
  EXPECT_EQ(a.keys(), (std::vector<std::uint64_t>{1, 7}));
  EXPECT_EQ(a.find(7)[0], 3);
  EXPECT_EQ(a.find(1)[0], 5);
  EXPECT_EQ(b.size(), 2u);
}

TEST(SparseBinsTest, MemoryGrowsWithFilledBinsOnly) {
  SparseBins bins(4);
  for (std::uint64_t i = 0; i < 1000; ++i) bins.at(i << 50)[0] = 1;
  EXPECT_LT(bins.bytes(), 1000u * 200);
}

// Two exclusive sources; the first has ruptures in bins 1 and 2, the second in bin 2 only:
// 0.9 (0.25 (1 - 0.8)), and 0.9 (0.25 (1 - 0.7) + 0.75 (1 - 0.6)).
TEST(SparseGroupSumsTest, TreatsEachBinAsAGroup) {
  SparseGroupSums sums({.sources_exclude = true, .probability = 0.9}, 1);
  const double f[] = {0.8, 0.7, 0.6};
  sums.begin_source(0.25);
  sums.add_rupture(1, {&f[0], 1}, 1);
  sums.add_rupture(2, {&f[1], 1}, 1);
  sums.end_source();
  sums.begin_source(0.75);
  sums.add_rupture(2, {&f[2], 1}, 1);
  sums.end_source();
  std::map<std::uint64_t, double> poes;
  sums.for_each(
      [&](std::uint64_t key, std::span<double> rates) { poes[key] = -std::expm1(-rates[0]); });
  ASSERT_EQ(poes.size(), 2u);
  EXPECT_NEAR(poes[1], 0.9 * 0.25 * 0.2, 1e-15);
  EXPECT_NEAR(poes[2], 0.9 * (0.25 * 0.3 + 0.75 * 0.4), 1e-15);
}

}  // namespace
}  // namespace shakefield::hazard
