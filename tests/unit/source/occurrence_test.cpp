// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Laws of occurrence: what is drawn agrees with the probabilities of no exceedance.
#include "shakefield/source/occurrence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "shakefield/source/sampling.hpp"

namespace shakefield::source {
namespace {

constexpr std::uint32_t num_trials = 40000;
constexpr double time_yr = 5;

/// A few ruptures of one rate, or of one list of probabilities.
class FewRuptures final : public Source {
 public:
  FewRuptures(std::size_t count, double rate, TemporalModel model = {},
              std::vector<double> probs = {}, std::vector<double> weights = {})
      : Source({"few", "", "", model}),
        count_(count),
        rate_(rate),
        probs_(std::move(probs)),
        weights_(std::move(weights)) {}
  std::size_t num_ruptures() const override { return count_; }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override {
    for (std::size_t i = first; i < last; ++i) visit(i, 6, rate_);
  }
  rupture::Rupture rupture(std::size_t) const override { return {}; }
  rupture::BoundingSphere bound() const override { return {}; }
  double max_mag() const override { return 6; }
  std::span<const double> probs_occur(std::size_t) const override { return probs_; }
  std::span<const double> rupture_weights() const override { return weights_; }

 private:
  std::size_t count_;
  double rate_;
  std::vector<double> probs_, weights_;
};

SamplingOptions options(std::uint64_t seed = 42) {
  return {seed, time_yr * num_trials, 0, num_trials};
}

/// Number of occurrences in each trial.
std::vector<int> counts(const OccurrenceSampler& sampler, std::size_t index) {
  std::vector<int> in_trial(num_trials, 0);
  for (const std::uint32_t trial : sampler.trials(index)) ++in_trial.at(trial);
  return in_trial;
}
/// Share of the trials in which all of some counts are 0.
double silent(const std::vector<std::vector<int>>& lists) {
  int silent = 0;
  for (std::uint32_t trial = 0; trial < num_trials; ++trial)
    silent += std::ranges::all_of(lists, [&](const auto& list) { return list[trial] == 0; });
  return static_cast<double>(silent) / num_trials;
}
/// Four standard errors of a share.
double error_of(double share) {
  return 4 * std::sqrt(share * (1 - share) / num_trials) + 1e-12;
}

TEST(NonExceedanceTest, LawsOfOneRupture) {
  EXPECT_NEAR(non_exceedance({}, 0.1, 5, 0.3), std::exp(-0.15), 1e-15);
  using Kind = TemporalModel::Kind;
  EXPECT_NEAR(non_exceedance({Kind::negative_binomial, 2}, 0.1, 5, 0.3), std::pow(1.3, -0.5),
              1e-15);
  // Without dispersion it is the Poisson law.
  EXPECT_NEAR(non_exceedance({Kind::negative_binomial, 1e-9}, 0.1, 5, 0.3), std::exp(-0.15), 1e-9);
  EXPECT_NEAR(non_exceedance({Kind::fated, 0}, 0.1, 5, 0.3), 0.7, 1e-15);
  const std::vector<double> probs = {0.5, 0.3, 0.2};
  EXPECT_NEAR(non_exceedance(probs, 0.25), 0.5 + 0.3 * 0.75 + 0.2 * 0.75 * 0.75, 1e-15);
  EXPECT_NEAR(non_exceedance(probs, 0), 1, 1e-15);
}

TEST(OccurrenceSamplerTest, PoissonianRupturesNeedNoTrials) {
  const FewRuptures source(3, 0.01);
  const OccurrenceSampler sampler(source, 7, options());
  EXPECT_FALSE(sampler.sample(0, 3).empty());
  EXPECT_TRUE(sampler.trials(0).empty());
}

TEST(OccurrenceSamplerTest, ProbabilitiesOfOccurrenceAreMet) {
  const std::vector<double> probs = {0.6, 0.3, 0.1};
  const FewRuptures source(2, 0.1, {}, probs);
  for (const std::uint64_t seed : {1, 42, 2024}) {
    const auto in_trial = counts(OccurrenceSampler(source, 7, options(seed)), 1);
    for (int k = 0; k < 3; ++k) {
      const auto share =
          static_cast<double>(std::ranges::count(in_trial, k)) / static_cast<double>(num_trials);
      EXPECT_NEAR(share, probs[static_cast<std::size_t>(k)],
                  error_of(probs[static_cast<std::size_t>(k)]));
    }
  }
}

TEST(OccurrenceSamplerTest, NegativeBinomialCountsAreOverdispersed) {
  const TemporalModel model{TemporalModel::Kind::negative_binomial, 1.5};
  const FewRuptures source(1, 0.2, model);  // mean 1 a trial
  const auto in_trial = counts(OccurrenceSampler(source, 7, options()), 0);
  double sum = 0, sum2 = 0;
  for (const int n : in_trial) {
    sum += n;
    sum2 += n * n;
  }
  const double mean = sum / num_trials, variance = sum2 / num_trials - mean * mean;
  EXPECT_NEAR(mean, 1, 4 * std::sqrt(2.5 / num_trials));
  EXPECT_NEAR(variance, 2.5, 0.15);
  const double silence = non_exceedance(model, 0.2, time_yr, 1);
  EXPECT_NEAR(silent({in_trial}), silence, error_of(silence));
}

TEST(OccurrenceSamplerTest, FatedRupturesOccurOnceInEveryTrial) {
  const FewRuptures source(2, 1e-6, {TemporalModel::Kind::fated, 0});
  const OccurrenceSampler sampler(source, 7, options());
  EXPECT_EQ(counts(sampler, 1), std::vector<int>(num_trials, 1));
  EXPECT_EQ(sampler.sample(0, 2).at(0).occurrences, num_trials);
}

SourceGroup exclusive_sources() {
  SourceGroup group;
  group.sources = Interdependence::mutually_exclusive;
  group.source_weights = {0.3, 0.7};
  group.probability = 0.5;
  group.last = 2;
  return group;
}

TEST(OccurrenceSamplerTest, SourcesThatExcludeEachOtherNeverBreakInOneTrial) {
  const FewRuptures one(2, 0.1), other(1, 0.3);
  const SourceGroup group = exclusive_sources();
  const OccurrenceSampler a(one, 1, options(), {&group, 0, 99}),
      b(other, 2, options(), {&group, 1, 99});
  const auto a0 = counts(a, 0), a1 = counts(a, 1), b0 = counts(b, 0);
  for (std::uint32_t trial = 0; trial < num_trials; ++trial)
    ASSERT_FALSE((a0[trial] > 0 || a1[trial] > 0) && b0[trial] > 0);
  // 1 - probability x sum of weights x (1 - product of the ruptures' silences).
  const double silence =
      1 - 0.5 * (0.3 * (1 - std::exp(-2 * 0.1 * time_yr)) + 0.7 * (1 - std::exp(-0.3 * time_yr)));
  EXPECT_NEAR(silent({a0, a1, b0}), silence, error_of(silence));
}

TEST(OccurrenceSamplerTest, RupturesThatExcludeEachOtherShareTheirWeights) {
  const FewRuptures source(3, 0.4, {}, {}, {0.2, 0.3, 0.5});
  SourceGroup group;
  group.ruptures = Interdependence::mutually_exclusive;
  const OccurrenceSampler sampler(source, 1, options(), {&group, 0, 99});
  const double breaks = 1 - std::exp(-0.4 * time_yr);
  std::vector<std::vector<int>> all;
  for (std::size_t i = 0; i < 3; ++i) {
    all.push_back(counts(sampler, i));
    const double expected = 1 - source.rupture_weights()[i] * breaks;
    EXPECT_NEAR(silent({all.back()}), expected, error_of(expected));
  }
  for (std::uint32_t trial = 0; trial < num_trials; ++trial)
    ASSERT_LE((all[0][trial] > 0) + (all[1][trial] > 0) + (all[2][trial] > 0), 1);
}

TEST(OccurrenceSamplerTest, AClusterBreaksAsAWhole) {
  const FewRuptures one(2, 1e-9), other(1, 1e-9);
  SourceGroup group;
  group.is_cluster = true;
  group.cluster_rate = 0.1;
  const OccurrenceSampler a(one, 1, options(), {&group, 0, 99}),
      b(other, 2, options(), {&group, 1, 99});
  EXPECT_EQ(a.trials(0), a.trials(1));
  EXPECT_EQ(a.trials(0), b.trials(0));
  const double silence = std::exp(-0.1 * time_yr);
  EXPECT_NEAR(silent({counts(a, 0)}), silence, error_of(silence));
}

TEST(OccurrenceSamplerTest, AClusterWithoutARateHappensWithItsProbability) {
  const FewRuptures source(1, 1e-9);
  SourceGroup group;
  group.is_cluster = true;
  group.probability = 0.2;
  const OccurrenceSampler sampler(source, 1, options(), {&group, 0, 99});
  EXPECT_NEAR(silent({counts(sampler, 0)}), 0.8, error_of(0.8));
}

TEST(OccurrenceSamplerTest, AnyCutOfTheRangeGivesTheSame) {
  const FewRuptures source(50, 0.01, {TemporalModel::Kind::negative_binomial, 1});
  SamplingOptions few = options();
  few.num_trials = 20;
  few.effective_time_yr = 100;
  const OccurrenceSampler sampler(source, 5, few);
  std::map<std::size_t, std::uint32_t> whole, cut;
  for (const SampledRupture& r : sampler.sample(0, 50)) whole[r.index] = r.occurrences;
  for (std::size_t first = 0; first < 50; first += 7)
    for (const SampledRupture& r : sampler.sample(first, std::min<std::size_t>(first + 7, 50)))
      cut[r.index] = r.occurrences;
  EXPECT_EQ(whole, cut);
  for (const auto& [index, occurrences] : whole)
    EXPECT_EQ(sampler.trials(index).size(), occurrences);
}

}  // namespace
}  // namespace shakefield::source
