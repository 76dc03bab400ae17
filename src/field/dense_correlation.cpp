// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <map>
#include <numbers>

#include "padding.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/field/correlation.hpp"
#include "shakefield/geo/point.hpp"

namespace shakefield::field {
namespace {

using Matrix = Eigen::MatrixXd;
/// One number for each of the four samples of a block.
using Lane = std::array<double, samples_per_block>;

/// Great-circle distances between all sites in km (lower triangle).
Matrix distances_km(const std::vector<geo::Point>& points) {
  const Eigen::Index n = static_cast<Eigen::Index>(points.size());
  Matrix distance(n, n);
  for (Eigen::Index j = 0; j < n; ++j)
    for (Eigen::Index i = j; i < n; ++i) distance(i, j) = geo::arc_km(points[i], points[j]);
  return distance;
}

std::string digest_of(const Matrix& matrix) {
  core::Digest digest;
  digest.add(std::as_bytes(std::span(matrix.data(), static_cast<std::size_t>(matrix.size()))));
  return digest.hex();
}

/// Rows of a lower Cholesky factor for some sites, each cut off at its diagonal.
class FactorRows {
 public:
  /// `correlation` is used up.
  FactorRows(Matrix& correlation, std::span<const std::uint32_t> own, const core::Imt& imt) {
    const Eigen::LLT<Eigen::Ref<Matrix>> factor(correlation);
    core::validate(
        factor.info() == Eigen::Success, core::ErrorKind::numeric,
        fmt::format("the correlation matrix of {} over {} sites cannot be factorised (it is not "
                    "positive definite; sites at one place but different depths do that), remove "
                    "such sites or leave ground_motion_correlation_model out",
                    imt.name(), correlation.rows()));
    begins_.push_back(0);
    for (const std::uint32_t site : own) begins_.push_back(begins_.back() + site + 1);
    values_.resize(begins_.back());
    for (std::size_t i = 0; i < own.size(); ++i)
      for (std::size_t k = 0; k <= own[i]; ++k) values_[begins_[i] + k] = correlation(own[i], k);
  }

  /// Row i times z[k], k ascending in four interleaved sums: the same for any set of rows.
  Lane times(std::size_t i, std::span<const Lane> z) const {
    const std::span<const double> row =
        std::span(values_).subspan(begins_[i], begins_[i + 1] - begins_[i]);
    std::array<Lane, 4> sums{};
    std::size_t k = 0;
    for (; k + sums.size() <= row.size(); k += sums.size())
      for (std::size_t s = 0; s < sums.size(); ++s) add_product(sums[s], row[k + s], z[k + s]);
    for (; k < row.size(); ++k) add_product(sums[0], row[k], z[k]);
    Lane total;
    for (std::size_t w = 0; w < samples_per_block; ++w)
      total[w] = (sums[0][w] + sums[1][w]) + (sums[2][w] + sums[3][w]);
    return total;
  }

 private:
  static void add_product(Lane& sum, double factor, const Lane& z) {
    for (std::size_t w = 0; w < samples_per_block; ++w) sum[w] += factor * z[w];
  }

  std::vector<std::size_t> begins_;  ///< [own + 1] into values_
  std::vector<double> values_;
};

/// Maps a standard normal z to the normal truncated at +-k, F_k^-1(Phi(z)), by the two-sided tail
/// probability, so that nothing cancels in the tails.
class MarginalMap {
 public:
  explicit MarginalMap(Truncation truncation)
      : k_(truncation.k), outside_(std::erfc(truncation.k / std::numbers::sqrt2)) {}

  double operator()(double z) const {
    if (outside_ < 1e-12) return z;  // no truncation to speak of
    const double beyond = std::erfc(std::abs(z) / std::numbers::sqrt2);
    const double mapped = std::numbers::sqrt2 *
                          boost::math::erfc_inv(std::min(1.0, outside_ + (1 - outside_) * beyond));
    return std::copysign(std::min(mapped, k_), z);
  }

 private:
  double k_;
  double outside_;
};

}  // namespace

struct DenseCorrelation::Impl {
  std::size_t num_sites;
  std::vector<std::uint32_t> own;
  std::vector<std::uint32_t> key_lo, key_hi;  ///< [N] padded
  std::vector<std::shared_ptr<const FactorRows>>
      factors;  ///< [M]; IMTs of equal correlation share one
};

DenseCorrelation::DenseCorrelation(const CorrelationModel& model, const site::SiteCollection& sites,
                                   std::span<const core::Imt> imts, std::vector<std::uint32_t> own)
    : impl_(std::make_unique<Impl>()) {
  const std::size_t n = sites.size();
  core::validate(
      n <= max_dense_sites, core::ErrorKind::unsupported,
      fmt::format("correlated fields at {} sites are not offered yet (the dense method ends at {} "
                  "sites), use fewer sites or leave ground_motion_correlation_model out",
                  n, max_dense_sites));
  impl_->num_sites = n;
  impl_->own = std::move(own);
  impl_->key_lo.resize(padded(n));
  impl_->key_hi.resize(padded(n));
  for (std::size_t i = 0; i < n; ++i) {
    impl_->key_lo[i] = static_cast<std::uint32_t>(sites.keys()[i]);
    impl_->key_hi[i] = static_cast<std::uint32_t>(sites.keys()[i] >> 32);
  }

  const Matrix distance = distances_km(sites.points());
  std::map<std::string, std::shared_ptr<const FactorRows>, std::less<>> by_digest;
  for (const core::Imt& imt : imts) {
    Matrix correlation = Matrix::Zero(distance.rows(), distance.cols());
    for (Eigen::Index j = 0; j < distance.cols(); ++j)
      for (Eigen::Index i = j; i < distance.rows(); ++i)
        correlation(i, j) = i == j ? 1.0 : model.rho(imt, distance(i, j));
    std::shared_ptr<const FactorRows>& factor = by_digest[digest_of(correlation)];
    if (!factor) factor = std::make_shared<const FactorRows>(correlation, impl_->own, imt);
    impl_->factors.push_back(factor);
  }
}

DenseCorrelation::~DenseCorrelation() = default;
DenseCorrelation::DenseCorrelation(DenseCorrelation&&) noexcept = default;

void DenseCorrelation::residuals(std::size_t m, core::StreamKey key, std::uint64_t rupture_key,
                                 std::uint64_t block, Truncation truncation,
                                 const std::array<std::span<float>, 4>& out) const {
  core::validate(
      !truncation.is_zero(), core::ErrorKind::config,
      "residuals truncated at 0 cannot be correlated (they are all 0), raise truncation_level or "
      "leave ground_motion_correlation_model out");
  constexpr Truncation none{99};
  const std::size_t n = impl_->key_lo.size();
  std::vector<float> normals(samples_per_block * n);
  std::array<std::span<float>, samples_per_block> columns;
  for (std::size_t w = 0; w < samples_per_block; ++w)
    columns[w] = std::span(normals).subspan(w * n, n);
  within_residuals(key, rupture_key, block, impl_->key_lo, impl_->key_hi, none, impl_->num_sites,
                   columns);
  std::vector<Lane> z(n);
  for (std::size_t w = 0; w < samples_per_block; ++w)
    for (std::size_t i = 0; i < n; ++i) z[i][w] = columns[w][i];

  const MarginalMap mapped(truncation);
  for (std::size_t i = 0; i < impl_->own.size(); ++i) {
    const Lane eps = impl_->factors[m]->times(i, z);
    for (std::size_t w = 0; w < samples_per_block; ++w)
      if (!out[w].empty()) out[w][i] = static_cast<float>(mapped(eps[w]));
  }
}

}  // namespace shakefield::field
