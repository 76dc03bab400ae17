// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/exceedance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

namespace shakefield::hazard {
namespace {

double upper_tail(double z) {
  return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

/// The definition, by the C library's error function.
double reference(double z, double k) {
  if (z <= -k) return 1;
  if (z >= k) return 0;
  return (upper_tail(z) - upper_tail(k)) / (1 - 2 * upper_tail(k));
}

/// Probability of one level at one site.
double poe(double level, double mean, double sigma, double k, const char* imt = "MMI") {
  const std::vector<core::Imt> imts{core::Imt::parse(imt)};
  const Exceedance exceedance(imts, {{level}}, k);
  std::vector<double> sums(exceedance.values());
  const std::vector<double> means{mean}, sigmas{sigma};
  const std::vector<std::uint32_t> own{0};
  exceedance.add({1, means, sigmas}, own, 1, sums);
  return sums[0];
}

// Expected figures: scipy.stats.truncnorm.sf(z, -k, k), and norm.sf(z) without truncation.
TEST(ExceedanceTest, AgreesWithTheTruncatedNormalOfScipy) {
  struct Row {
    double z, k, sf;
  };
  for (const Row& row : {Row{-2.5, 3, 9.951270768070010e-01}, Row{-0.3, 3, 6.182306207534196e-01},
                         Row{0.7, 3, 2.412651208148208e-01}, Row{2.9, 3, 5.173119053996193e-04},
                         Row{1.5, 2, 4.615723572698301e-02}, Row{4.2, 6, 1.334476245459285e-05},
                         Row{-3.0, 99, 9.986501019683699e-01}, Row{0.5, 99, 3.085375387259869e-01},
                         Row{5.0, 99, 2.866515718791945e-07}, Row{8.0, 99, 6.220960574271819e-16}})
    EXPECT_NEAR(poe(row.z, 0, 1, row.k), row.sf, 2e-10 * row.sf + (row.k <= 3.5 ? 5e-12 : 0))
        << row.z << " of " << row.k;
}

TEST(ExceedanceTest, IsAStepWithoutDeviationOrTruncation) {
  for (const double sigma : {0.0, 0.6})
    for (const double k : sigma == 0 ? std::vector<double>{3, 99} : std::vector<double>{0, 1e-9}) {
      EXPECT_EQ(poe(0.99, 1, sigma, k), 1) << sigma << " " << k;
      EXPECT_EQ(poe(1, 1, sigma, k), 0.5) << sigma << " " << k;
      EXPECT_EQ(poe(1.01, 1, sigma, k), 0) << sigma << " " << k;
    }
}

TEST(ExceedanceTest, MeansAreLogarithmsButForIntensities) {
  EXPECT_NEAR(poe(0.2, std::log(0.2), 0.6, 3, "PGA"), 0.5, 1e-15);
  EXPECT_NEAR(poe(5.5, 5.5, 0.6, 3, "MMI"), 0.5, 1e-15);
}

/// Random sites and levels for a property.
struct RandomCase {
  static constexpr std::size_t sites = 33, num_levels = 21;
  std::vector<core::Imt> imts{core::Imt::parse("PGA"), core::Imt::parse("SA(1.0)")};
  std::vector<std::vector<double>> levels;
  std::vector<double> mean, sigma;
  std::vector<std::uint32_t> own;

  explicit RandomCase(unsigned seed) : levels(imts.size()), own(sites) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> step(0.05, 0.6), centre(-5, 1), deviation(0.3, 0.9);
    for (auto& list : levels) {
      double ln = -6;
      for (std::size_t l = 0; l < num_levels; ++l) list.push_back(std::exp(ln += step(random)));
    }
    for (std::size_t i = 0; i < imts.size() * sites; ++i) {
      mean.push_back(centre(random));
      sigma.push_back(deviation(random));
    }
    std::iota(own.begin(), own.end(), 0u);
  }
};

class ExceedanceTruncationTest : public testing::TestWithParam<double> {};

TEST_P(ExceedanceTruncationTest, FollowsItsDefinition) {
  const RandomCase c(7);
  const Exceedance exceedance(c.imts, c.levels, GetParam());
  std::vector<double> sums(RandomCase::sites * exceedance.values(), 1.0);
  constexpr double factor = 0.25;
  exceedance.add({RandomCase::sites, c.mean, c.sigma}, c.own, factor, sums);
  for (std::size_t m = 0; m < c.imts.size(); ++m)
    for (std::size_t i = 0; i < RandomCase::sites; ++i)
      for (std::size_t l = 0; l < RandomCase::num_levels; ++l) {
        const std::size_t at = m * RandomCase::sites + i;
        const double z = (std::log(c.levels[m][l]) - c.mean[at]) / c.sigma[at];
        EXPECT_NEAR(sums[i * exceedance.values() + m * exceedance.stride() + l],
                    1 + factor * reference(z, GetParam()), 1e-11)
            << "z = " << z;
      }
}

// A site's numbers do not depend on its place among the sites, nor a level's on the others.
TEST_P(ExceedanceTruncationTest, LanesAreIndependent) {
  const RandomCase c(8);
  const Exceedance all(c.imts, c.levels, GetParam());
  std::vector<double> sums(RandomCase::sites * all.values());
  all.add({RandomCase::sites, c.mean, c.sigma}, c.own, 1.0, sums);
  std::vector<std::vector<double>> fewer(c.levels);
  for (auto& list : fewer) list.erase(list.begin(), list.begin() + 3);
  const Exceedance part(c.imts, fewer, GetParam());
  for (std::size_t i = 0; i < RandomCase::sites; i += 5) {
    std::vector<double> alone(part.values());
    const std::vector<std::uint32_t> one{0};
    part.add({RandomCase::sites, std::span(c.mean).subspan(i), std::span(c.sigma).subspan(i)}, one,
             1.0, alone);
    for (std::size_t m = 0; m < c.imts.size(); ++m)
      for (std::size_t l = 3; l < RandomCase::num_levels; ++l)
        EXPECT_EQ(alone[m * part.stride() + l - 3], sums[i * all.values() + m * all.stride() + l]);
  }
}

INSTANTIATE_TEST_SUITE_P(Truncations, ExceedanceTruncationTest,
                         testing::Values(0.01, 0.5, 3.0, 3.5, 3.6, 6.0, 99.0));

}  // namespace
}  // namespace shakefield::hazard
