// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "shakefield/core/error.hpp"
#include "shakefield/field/correlation.hpp"
#include "support.hpp"

namespace shakefield::field {
namespace {

const std::vector<core::Imt> imts{core::Imt::parse("PGA"), core::Imt::parse("PGV"),
                                  core::Imt::parse("SA(1.0)")};

site::SiteCollection random_sites(std::size_t n, double spread_deg = 0.5) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> offset(0, spread_deg);
  std::vector<geo::Point> points;
  for (std::size_t i = 0; i < n; ++i)
    points.push_back({-122 + offset(random), 37 + offset(random), 0});
  return site::SiteCollection(points, {});
}

std::vector<std::uint32_t> all_of(const site::SiteCollection& sites) {
  std::vector<std::uint32_t> own(sites.size());
  std::iota(own.begin(), own.end(), 0u);
  return own;
}

/// Columns [4][own] of one block.
std::array<std::vector<float>, 4> block_of(const DenseCorrelation& correlation, std::size_t own,
                                           std::size_t imt, std::uint64_t block,
                                           Truncation truncation) {
  std::array<std::vector<float>, 4> out;
  for (std::vector<float>& column : out) column.resize(own);
  correlation.residuals(imt, {4, 5}, 77, block, truncation, {out[0], out[1], out[2], out[3]});
  return out;
}

TEST(DenseCorrelationTest, RecoversTheModelInDistanceBins) {
  const auto model = make_jb2009(false);
  const auto sites = random_sites(300);
  const DenseCorrelation correlation(*model, sites, imts, all_of(sites));
  for (const std::size_t m : {0u, 2u}) {
    constexpr std::size_t num_bins = 8;
    constexpr double bin_km = 5;
    std::array<double, num_bins> products{}, expected{}, pairs{};
    const std::uint64_t blocks = 250;  // 1,000 fields
    for (std::uint64_t b = 0; b < blocks; ++b)
      for (const std::vector<float>& z : block_of(correlation, sites.size(), m, b, {3}))
        for (std::size_t i = 0; i < sites.size(); i += 3)
          for (std::size_t j = i + 1; j < sites.size(); j += 2) {
            const double km = geo::arc_km(sites.points()[i], sites.points()[j]);
            const auto bin = static_cast<std::size_t>(km / bin_km);
            if (bin >= num_bins) continue;
            products[bin] += double{z[i]} * z[j];
            expected[bin] += model->rho(imts[m], km);
            pairs[bin] += 1;
          }
    const double variance = truncated_sd({3}) * truncated_sd({3});
    for (std::size_t bin = 0; bin < num_bins; ++bin)
      // Fields are independent, pairs of one field are not: about 40 independent patches a field of
      // 50 km, 1,000 fields give a standard error of about 0.005. Truncation at 3 lowers the
      // correlation by < 1 %.
      EXPECT_NEAR(products[bin] / pairs[bin] / variance, expected[bin] / pairs[bin], 0.02)
          << "bin " << bin;
  }
}

TEST(DenseCorrelationTest, ResidualsDoNotDependOnTheOwnSites) {
  const auto model = make_jb2009(true);
  const auto sites = random_sites(100);
  const DenseCorrelation whole(*model, sites, imts, all_of(sites));
  const std::vector<std::uint32_t> own{0, 3, 4, 17, 50, 51, 52, 99};
  const DenseCorrelation part(*model, sites, imts, own);
  for (std::size_t m = 0; m < imts.size(); ++m) {
    const auto z = block_of(whole, sites.size(), m, 6, {3});
    const auto z_own = block_of(part, own.size(), m, 6, {3});
    for (std::size_t w = 0; w < 4; ++w)
      for (std::size_t i = 0; i < own.size(); ++i) EXPECT_EQ(z_own[w][i], z[w][own[i]]);
  }
}

TEST(DenseCorrelationTest, TruncationHoldsForEveryField) {
  const auto sites = random_sites(200);
  const DenseCorrelation correlation(*make_jb2009(false), sites, imts, all_of(sites));
  for (const double k : {0.5, 2.0, 3.0}) {
    float largest = 0;
    for (std::uint64_t b = 0; b < 50; ++b)
      for (const std::vector<float>& z : block_of(correlation, sites.size(), 1, b, {k}))
        for (const float value : z) largest = std::max(largest, std::abs(value));
    EXPECT_LE(double{largest}, k);
    EXPECT_GT(double{largest}, 0.99 * k);
  }
}

TEST(DenseCorrelationTest, MarginsFollowTheTruncatedNormal) {
  // One site over 10,000 fields: independent values. KS, p > 1e-3: D sqrt(n) < 1.95; three cases.
  const auto sites = random_sites(20, 0.05);
  const DenseCorrelation correlation(*make_jb2009(false), sites, imts, all_of(sites));
  for (const double k : {1.0, 3.0, 99.0}) {
    std::vector<double> sample;
    for (std::uint64_t b = 0; b < 2500; ++b)
      for (const std::vector<float>& z : block_of(correlation, sites.size(), 0, b, {k}))
        sample.push_back(z[19]);
    std::sort(sample.begin(), sample.end());
    double distance = 0;
    const double n = static_cast<double>(sample.size());
    for (std::size_t i = 0; i < sample.size(); ++i) {
      const double f = (normal_cdf(sample[i]) - normal_cdf(-k)) / (1 - 2 * normal_cdf(-k));
      distance =
          std::max({distance, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
    }
    EXPECT_LT(distance * std::sqrt(n), 1.95) << k;
  }
}

TEST(DenseCorrelationTest, FarSitesKeepTheirUncorrelatedResiduals) {
  // 1,000 km apart exp(-3 h / b) is below 1e-50: the factor is the identity and the mapping gives
  // back the direct truncated residual of the same word, but for single-precision rounding.
  const site::SiteCollection sites({{-120, 30, 0}, {-110, 30, 0}, {-100, 30, 0}}, {});
  const DenseCorrelation correlation(*make_jb2009(false), sites, imts, all_of(sites));
  KeyColumns keys(3);
  for (std::size_t i = 0; i < 3; ++i) keys.set(i, sites.keys()[i]);
  for (std::uint64_t b = 0; b < 100; ++b) {
    const Residuals direct({4, 5}, 77, b, keys, {3});
    const auto z = block_of(correlation, 3, 0, b, {3});
    for (std::size_t w = 0; w < 4; ++w)
      for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(z[w][i], direct.column[w][i], 5e-6);
  }
}

TEST(DenseCorrelationTest, RejectsWhatItCannotDo) {
  const auto model = make_jb2009(false);
  const auto kind_of = [](const auto& action) {
    try {
      action();
    } catch (const core::Error& error) {
      return error.kind();
    }
    return core::ErrorKind::internal;
  };
  EXPECT_EQ(
      kind_of([&] { DenseCorrelation(*model, random_sites(max_dense_sites + 1), imts, {0}); }),
      core::ErrorKind::unsupported);
  const site::SiteCollection stacked({{-120, 30, 0}, {-120, 30, 1}, {-119, 30, 0}}, {});
  EXPECT_EQ(kind_of([&] { DenseCorrelation(*model, stacked, imts, {0}); }),
            core::ErrorKind::numeric);
  const auto sites = random_sites(10);
  const DenseCorrelation fine(*model, sites, imts, all_of(sites));
  EXPECT_EQ(kind_of([&] { block_of(fine, 10, 0, 0, {0}); }), core::ErrorKind::config);
}

}  // namespace
}  // namespace shakefield::field
