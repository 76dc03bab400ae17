// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/sampling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iterator>
#include <set>

namespace shakefield::source {
namespace {

/// Ruptures of one rate each; magnitudes alternate between 5 and 6.
class FlatSource final : public Source {
 public:
  FlatSource(std::size_t count, double rate)
      : Source({"flat", "", ""}), count_(count), rate_(rate) {}
  std::size_t num_ruptures() const override { return count_; }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override {
    for (std::size_t i = first; i < last; ++i) visit(i, 5 + static_cast<double>(i % 2), rate_);
  }
  rupture::Rupture rupture(std::size_t) const override { return {}; }
  rupture::BoundingSphere bound() const override { return {}; }
  double max_mag() const override { return 6; }

 private:
  std::size_t count_;
  double rate_;
};

struct Moments {
  double mean = 0, variance = 0;
};

Moments moments_of_counts(std::size_t count, double mean, std::uint64_t seed) {
  const FlatSource source(count, mean);
  double sum = 0, sum2 = 0;
  for (const SampledRupture& s : sample_occurrences(source, 77, 0, count, {seed, 1, 0})) {
    sum += s.occurrences;
    sum2 += static_cast<double>(s.occurrences) * s.occurrences;
  }
  const auto n = static_cast<double>(count);
  return {sum / n, sum2 / n - (sum / n) * (sum / n)};
}

/// Bounds of 4 standard errors: each of the 2 x 15 checks would fail by chance once in 16,000
/// seeds.
class PoissonTest : public testing::TestWithParam<double> {};

TEST_P(PoissonTest, CountsHaveMeanAndVarianceOfThePoissonLaw) {
  const double mean = GetParam();
  const std::size_t count = 200000;
  for (const std::uint64_t seed : {1, 42, 2024}) {
    const Moments m = moments_of_counts(count, mean, seed);
    const auto n = static_cast<double>(count);
    EXPECT_NEAR(m.mean, mean, 4 * std::sqrt(mean / n));
    // Variance of the sample variance: (mu4 - var^2) / n with mu4 = mean + 3 mean^2.
    EXPECT_NEAR(m.variance, mean, 4 * std::sqrt((mean + 2 * mean * mean) / n));
  }
}

INSTANTIATE_TEST_SUITE_P(Means, PoissonTest, testing::Values(1e-3, 0.02, 0.7, 5.0, 40.0));

TEST(SampleOccurrencesTest, TinyMeansAreNotLost) {
  // 1e6 ruptures with mean 4e-6: 4 events are expected; over 10 seeds 40 +- 4 standard deviations.
  const FlatSource source(1000000, 4e-6);
  std::size_t events = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed)
    events += sample_occurrences(source, 3, 0, source.num_ruptures(), {seed, 1, 0}).size();
  EXPECT_NEAR(static_cast<double>(events), 40, 4 * std::sqrt(40.0));
}

void expect_equal(const std::vector<SampledRupture>& a, const std::vector<SampledRupture>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].index, b[i].index);
    EXPECT_EQ(a[i].occurrences, b[i].occurrences);
  }
}

TEST(SampleOccurrencesTest, AnyCutOfTheRangeGivesTheSame) {
  const FlatSource source(1000, 0.01);
  const SamplingOptions options{7, 30, 0};
  const auto whole = sample_occurrences(source, 5, 0, 1000, options);
  for (const std::size_t step : {1, 17, 256, 999}) {
    std::vector<SampledRupture> cut;
    for (std::size_t first = 0; first < 1000; first += step)
      std::ranges::copy(
          sample_occurrences(source, 5, first, std::min<std::size_t>(first + step, 1000), options),
          std::back_inserter(cut));
    expect_equal(whole, cut);
  }
}

TEST(SampleOccurrencesTest, MinimumMagnitudeOnlyLeavesOut) {
  const FlatSource source(1000, 0.5);
  auto all = sample_occurrences(source, 5, 0, 1000, {7, 1, 0});
  std::erase_if(all, [](const SampledRupture& s) { return s.index % 2 == 0; });  // magnitude 5
  expect_equal(all, sample_occurrences(source, 5, 0, 1000, {7, 1, 5.5}));
}

TEST(SampleOccurrencesTest, SourcesAndSeedsHaveTheirOwnStreams) {
  const FlatSource source(100000, 1);
  const auto counts = [&](std::uint64_t source_key, std::uint64_t seed) {
    std::vector<double> dense(source.num_ruptures(), 0);
    for (const SampledRupture& s :
         sample_occurrences(source, source_key, 0, source.num_ruptures(), {seed, 1, 0}))
      dense[s.index] = s.occurrences;
    return dense;
  };
  const auto correlation = [](const std::vector<double>& a, const std::vector<double>& b,
                              std::size_t lag) {
    double sum = 0;  // mean and variance of both are 1
    for (std::size_t i = lag; i < a.size(); ++i) sum += (a[i - lag] - 1) * (b[i] - 1);
    return sum / static_cast<double>(a.size() - lag);
  };
  const auto base = counts(1, 42), other_source = counts(2, 42), other_seed = counts(1, 43);
  const double bound = 4 / std::sqrt(1e5);
  EXPECT_LT(std::abs(correlation(base, other_source, 0)), bound);
  EXPECT_LT(std::abs(correlation(base, other_seed, 0)), bound);
  EXPECT_LT(std::abs(correlation(base, base, 1)), bound);
}

TEST(RuptureKeyTest, KeysOfManyRupturesDiffer) {
  std::set<std::uint64_t> keys;
  for (std::uint64_t source = 0; source < 20; ++source)
    for (std::size_t index = 0; index < 500; ++index) keys.insert(rupture_key(source, index));
  EXPECT_EQ(keys.size(), 10000u);
}

}  // namespace
}  // namespace shakefield::source
