// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/exceedance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "shakefield/core/contract.hpp"
#include "shakefield/hazard/curves.hpp"
#include "simd_normal.hpp"

namespace shakefield::hazard {
namespace {

namespace hn = simd::hn;
using simd::tag;
using simd::Vector;

constexpr double least_truncation = 1e-9;
/// Up to here the polynomial is exact to 5e-12.
constexpr double widest_polynomial = 3.5;

double upper_tail(double z) {
  return hn::GetLane(simd::upper_tail(hn::Set(tag, z)));
}

/// Coefficients of the polynomial h in powers of y² for which P = 1/2 - y h(y²), y = z/k within
/// +-1: Chebyshev interpolation, in t = 2 y² - 1, of (1/2 - P) / y, an even function of y. At the
/// ends P is out of [0, 1] by some units in the last place, so that clipped it is exact there.
std::array<double, Exceedance::polynomial_size> fit(double k) {
  constexpr std::size_t n = Exceedance::polynomial_size;
  using Powers = std::array<long double, n>;
  std::array<double, n> values{};
  for (std::size_t j = 0; j < n; ++j) {
    const double t = std::cos(std::numbers::pi * (static_cast<double>(j) + 0.5) / n);
    const double y = std::sqrt((1 + t) / 2);
    values[j] = std::erf(k * y / std::numbers::sqrt2) / (2 * y) / std::erf(k / std::numbers::sqrt2);
  }
  Powers sum{}, before{}, current{1};  // Chebyshev polynomials i - 1 and i
  for (std::size_t i = 0; i < n; ++i) {
    long double c = 0;
    for (std::size_t j = 0; j < n; ++j)
      c += values[j] * std::cos(std::numbers::pi_v<long double> * static_cast<long double>(i) *
                                (static_cast<long double>(j) + 0.5L) / n);
    c *= (i == 0 ? 1.0L : 2.0L) / n;
    Powers next{};
    const long double twice = i == 0 ? 1 : 2;
    for (std::size_t p = 0; p < n; ++p) {
      sum[p] += c * current[p];
      next[p] = twice * ((p > 0 ? 2 * current[p - 1] : 0.0L) - current[p]) - before[p];
    }
    before = current;
    current = next;
  }
  constexpr long double beyond_half = 0.5L + 1e-14L;
  sum[0] += beyond_half - std::accumulate(sum.begin(), sum.end(), 0.0L);
  std::array<double, n> result{};
  std::ranges::transform(sum, result.begin(), [](long double c) { return static_cast<double>(c); });
  return result;
}

}  // namespace

Exceedance::Exceedance(std::span<const core::Imt> imts,
                       const std::vector<std::vector<double>>& levels, double truncation)
    : num_imts_(imts.size()),
      num_levels_(levels.empty() ? 0 : levels.front().size()),
      stride_((num_levels_ + level_padding - 1) / level_padding * level_padding),
      k_(std::min(truncation, simd::farthest)),
      tail_(truncation > k_ ? 0 : upper_tail(k_)),
      scale_(1 / (1 - 2 * tail_)),
      polynomial_(fit(std::clamp(k_, least_truncation, widest_polynomial))),
      levels_(num_imts_ * stride_, std::numeric_limits<double>::infinity()) {
  SHAKEFIELD_EXPECT(levels.size() == imts.size());
  for (std::size_t m = 0; m < num_imts_; ++m) {
    SHAKEFIELD_EXPECT(levels[m].size() == num_levels_);
    for (std::size_t l = 0; l < num_levels_; ++l)
      levels_[m * stride_ + l] = imts[m].is_logarithmic() ? std::log(levels[m][l]) : levels[m][l];
  }
}

void Exceedance::add_step(double mean, const double* levels, double factor, double* sums) const {
  for (std::size_t l = 0; l < num_levels_; ++l)
    sums[l] += factor * (levels[l] < mean ? 1.0 : levels[l] == mean ? 0.5 : 0.0);
}

template <class Probability>
void Exceedance::add_levels(double mean, double unit, double end, const double* levels,
                            double factor, double* sums, const Probability& probability) const {
  const Vector zero = hn::Zero(tag), one = hn::Set(tag, 1.0), all = hn::Set(tag, factor);
  const Vector per_unit = hn::Set(tag, 1 / unit), centre = hn::Set(tag, mean);
  for (std::size_t l = 0; l < stride_; l += simd::lanes) {
    const Vector y = hn::Mul(hn::Sub(hn::LoadU(tag, levels + l), centre), per_unit);
    if (hn::GetLane(y) >= end) return;  // levels ascend
    const Vector poe = hn::Min(hn::Max(probability(y), zero), one);
    hn::StoreU(hn::MulAdd(poe, all, hn::LoadU(tag, sums + l)), tag, sums + l);
  }
}

void Exceedance::add_truncated(double mean, double sigma, const double* levels, double factor,
                               double* sums) const {
  const Vector one = hn::Set(tag, 1.0), minus_one = hn::Set(tag, -1.0);
  if (k_ <= widest_polynomial) {
    add_levels(mean, sigma * k_, 1, levels, factor, sums, [&](Vector y) {
      const Vector inside = hn::Max(hn::Min(y, one), minus_one);
      const Vector x = hn::Mul(inside, inside), square = hn::Mul(x, x);
      // Even and odd powers apart: two chains that the processor runs side by side.
      Vector even = hn::Set(tag, polynomial_[polynomial_size - 1]);
      Vector odd = hn::Set(tag, polynomial_[polynomial_size - 2]);
      for (std::size_t i = polynomial_size - 2; i >= 2; i -= 2) {
        even = hn::MulAdd(even, square, hn::Set(tag, polynomial_[i - 1]));
        odd = hn::MulAdd(odd, square, hn::Set(tag, polynomial_[i - 2]));
      }
      even = hn::MulAdd(even, square, hn::Set(tag, polynomial_[0]));
      return hn::NegMulAdd(inside, hn::MulAdd(odd, x, even), hn::Set(tag, 0.5));
    });
  } else {
    const Vector k = hn::Set(tag, k_), tail = hn::Set(tag, tail_), scale = hn::Set(tag, scale_);
    add_levels(mean, sigma, k_, levels, factor, sums, [&](Vector z) {
      const Vector q = simd::upper_tail(hn::Min(hn::Abs(z), k));
      const Vector upper = hn::IfThenElse(hn::Lt(z, hn::Zero(tag)), hn::Sub(one, q), q);
      return hn::IfThenElseZero(hn::Lt(z, k), hn::Mul(hn::Sub(upper, tail), scale));
    });
  }
}

void Exceedance::add(const Moments& moments, std::span<const std::uint32_t> own, double factor,
                     std::span<double> sums) const {
  for (std::size_t m = 0; m < num_imts_; ++m) {
    const double* const levels = &levels_[m * stride_];
    for (std::size_t i = 0; i < own.size(); ++i) {
      const double mean = moments.mean[m * moments.stride + i],
                   sigma = moments.sigma[m * moments.stride + i];
      double* const to = &sums[own[i] * values() + m * stride_];
      if (k_ <= least_truncation || sigma <= 0)
        add_step(mean, levels, factor, to);
      else
        add_truncated(mean, sigma, levels, factor, to);
    }
  }
}

}  // namespace shakefield::hazard
