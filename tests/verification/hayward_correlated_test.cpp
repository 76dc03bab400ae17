// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Spatial correlation of the fields of examples/hayward/job_correlated.ini in bins of distance,
// against Jayaram & Baker (2009), doi:10.1002/eqe.922.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>
#include <cmath>

#include "csv_table.hpp"
#include "run_results.hpp"
#include "shakefield/geo/point.hpp"
#include "statistics.hpp"

namespace {

using namespace shakefield;
using statistics::Largest;
using statistics::Moments;

constexpr double truncation_level = 3;
constexpr std::size_t num_imts = 3, num_groups = 40, fields_per_group = 50;
constexpr double bin_km = 5;
constexpr std::size_t num_bins = 20;
/// Ranges of PGA, SA(0.3), SA(1.0) where Vs30 is clustered: 40.7 - 15 T below 1 s, then
/// 22 + 3.7 T (Eq. 17 and 20).
constexpr std::array<double, num_imts> range_km{40.7, 40.7 - 15.0 * 0.3, 22.0 + 3.7};

/// Correlation of two normals after each was mapped to the truncated normal of the same rank, as a
/// series in the correlation before (Mehler): squared coefficients of the mapping in normalised
/// Hermite polynomials, by quadrature.
class MappedCorrelation {
 public:
  explicit MappedCorrelation(double k) {
    constexpr double step = 1e-3, end = 9;
    const statistics::TruncatedNormal truncated{k};
    std::array<double, terms> coefficients{};
    for (double x = -end; x <= end; x += step) {
      const double y = inverse(truncated, statistics::normal_cdf(x));
      const double weight = y * statistics::normal_density(x) * step;
      double previous = 0, hermite = 1;
      for (std::size_t n = 0; n < terms; ++n) {
        coefficients[n] += weight * hermite;
        const double next = (x * hermite - std::sqrt(static_cast<double>(n)) * previous) /
                            std::sqrt(static_cast<double>(n + 1));
        previous = hermite;
        hermite = next;
      }
    }
    double sum = 0;
    for (std::size_t n = 0; n < terms; ++n) sum += squares_[n] = coefficients[n] * coefficients[n];
    EXPECT_NEAR(sum, truncated.variance(), 1e-5);
    for (double& square : squares_) square /= sum;
  }
  double operator()(double rho) const {
    double sum = 0;
    for (std::size_t n = terms; n-- > 0;) sum = sum * rho + squares_[n];
    return sum;
  }

 private:
  static constexpr std::size_t terms = 24;
  static double inverse(const statistics::TruncatedNormal& truncated, double p) {
    double low = -truncated.k, high = truncated.k;
    for (int i = 0; i < 50; ++i)
      (truncated.cdf((low + high) / 2) < p ? low : high) = (low + high) / 2;
    return (low + high) / 2;
  }
  std::array<double, terms> squares_{};
};

/// Great-circle distance by the haversine formula.
double great_circle_km(const geo::Point& a, const geo::Point& b) {
  constexpr double degree = std::numbers::pi / 180, earth_km = 6371;
  const double dlat = std::sin((b.lat_deg - a.lat_deg) * degree / 2),
               dlon = std::sin((b.lon_deg - a.lon_deg) * degree / 2);
  return 2 * earth_km *
         std::asin(std::sqrt(dlat * dlat + std::cos(a.lat_deg * degree) *
                                               std::cos(b.lat_deg * degree) * dlon * dlon));
}

/// Within-event residuals of 2,000 correlated fields, by the reference moments.
struct Residuals {
  std::vector<geo::Point> sites;
  std::vector<Eigen::MatrixXf> eps;  ///< [M] sites x fields

  Residuals() {
    const ScratchFolder folder;
    const job::Job job = run_results::read(
        job_runs::source_dir() / "examples/hayward/job_correlated.ini",
        {{"number_of_ground_motion_fields", std::to_string(num_groups * fields_per_group)}});
    job_runs::run({}, job, folder / "run.h5");
    const calc::Results results(folder / "run.h5");
    const run_results::DenseFields fields(results);
    const run_results::EventTerms terms(results);
    const CsvTable moments(job_runs::source_dir() /
                           "tests/verification/data/scenario/hayward_mean_sigma.csv");
    sites = job.sites.points();
    for (std::size_t m = 0; m < num_imts; ++m) {
      const std::string imt = results.gmf_layout().imts[m];
      const std::vector<double> mean = moments.column(imt + ":mean"),
                                tau = moments.column(imt + ":tau"),
                                phi = moments.column(imt + ":phi");
      Eigen::MatrixXf& x = eps.emplace_back(fields.sites, fields.events);
      for (std::size_t e = 0; e < fields.events; ++e)
        for (std::size_t i = 0; i < fields.sites; ++i)
          x(i, e) = static_cast<float>((fields.at(m, e, i) - mean[i] - tau[i] * terms.eta[m][e]) /
                                       phi[i]);
    }
  }
};

const Residuals& residuals() {
  static const Residuals run;
  return run;
}

/// Mean product of the residuals at pairs of sites by distance, with its spread over groups of
/// fields: pairs share sites, so only independent fields tell the error.
std::vector<Moments> products_by_distance(std::size_t m, const std::vector<std::vector<int>>& bins,
                                          const std::vector<double>& pairs) {
  std::vector<Moments> moments(num_bins);
  const auto n = static_cast<Eigen::Index>(residuals().sites.size());
  for (std::size_t group = 0; group < num_groups; ++group) {
    const auto x = residuals().eps[m].middleCols(
        static_cast<Eigen::Index>(group * fields_per_group), fields_per_group);
    const Eigen::MatrixXf products = x * x.transpose() / static_cast<float>(fields_per_group);
    std::vector<double> sums(num_bins, 0.0);
    for (Eigen::Index i = 0; i < n; ++i)
      for (Eigen::Index j = 0; j < i; ++j)
        if (const int bin = bins[i][j]; bin >= 0) sums[bin] += products(i, j);
    for (std::size_t b = 0; b < num_bins; ++b) moments[b].add(sums[b] / pairs[b]);
  }
  return moments;
}

TEST(HaywardCorrelatedTest, MappingToTheTruncatedNormalChangesCorrelationsByLessThanOnePercent) {
  const MappedCorrelation mapped(truncation_level);
  for (double rho = 0.05; rho <= 1; rho += 0.05) EXPECT_NEAR(mapped(rho), rho, 0.01 * rho);
  EXPECT_NEAR(mapped(1), 1, 1e-12);
}

TEST(HaywardCorrelatedTest, CorrelationIsRecoveredInBinsOfDistance) {
  const std::vector<geo::Point>& sites = residuals().sites;
  const MappedCorrelation mapped(truncation_level);
  std::vector<std::vector<int>> bins(sites.size());
  std::vector<double> pairs(num_bins, 0.0);
  std::array<std::vector<double>, num_imts> expected;
  for (auto& e : expected) e.assign(num_bins, 0.0);
  for (std::size_t i = 0; i < sites.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double km = great_circle_km(sites[i], sites[j]);
      const auto bin = static_cast<std::size_t>(km / bin_km);
      bins[i].push_back(bin < num_bins ? static_cast<int>(bin) : -1);
      if (bin >= num_bins) continue;
      pairs[bin] += 1;
      for (std::size_t m = 0; m < num_imts; ++m)
        expected[m][bin] += mapped(std::exp(-3 * km / range_km[m]));
    }
  ASSERT_GT(pairs[0], 1000);  // neighbours are 4.99… km apart
  const double variance = statistics::TruncatedNormal{truncation_level}.variance();
  Largest difference, errors;
  for (std::size_t m = 0; m < num_imts; ++m) {
    const std::vector<Moments> found = products_by_distance(m, bins, pairs);
    for (std::size_t b = 0; b < num_bins; ++b) {
      const double mean = variance * expected[m][b] / pairs[b], error = found[b].standard_error();
      EXPECT_NEAR(found[b].mean(), mean, 4 * error)
          << "IMT " << m << ", " << static_cast<double>(b) * bin_km << " km and more";
      difference.add(std::abs(found[b].mean() - mean));
      errors.add(std::abs(found[b].mean() - mean) / error);
    }
  }
  RecordProperty("largest_difference", difference.text());
  RecordProperty("in_standard_errors", errors.text());
}

// Every single residual keeps the distribution of an uncorrelated one: mapped last, never summed.
TEST(HaywardCorrelatedTest, ResidualsAreTruncatedNormalsAtEverySite) {
  const statistics::TruncatedNormal truncated{truncation_level};
  std::size_t points = 0, outliers = 0;
  for (const Eigen::MatrixXf& eps : residuals().eps) {
    // The reference moments agree to 1e-3 only; see hayward_test.cpp for the exact limit.
    EXPECT_LE(eps.cwiseAbs().maxCoeff(), truncation_level + 1e-3);
    EXPECT_GT(eps.cwiseAbs().maxCoeff(), truncation_level - 1e-2);
    for (Eigen::Index i = 0; i < eps.rows(); ++i) {
      Moments sample;
      for (Eigen::Index e = 0; e < eps.cols(); ++e) sample.add(eps(i, e));
      points += 2;
      outliers += std::abs(sample.mean()) > 4 * truncated.error_of_mean(sample.size());
      outliers += std::abs(sample.sd() - truncated.sd()) > 4 * truncated.error_of_sd(sample.size());
    }
  }
  RecordProperty("outliers", static_cast<int>(outliers));
  EXPECT_LT(static_cast<double>(outliers), 0.001 * static_cast<double>(points));
}

}  // namespace
