// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/exceedance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

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

/// Coefficients in powers of t = 2 z²/k² - 1 of the polynomial h(t) for which P(z) = 1/2 - z h(t)
/// inside +-k: Chebyshev interpolation of (Phi(z) - 1/2) / (z (1 - 2 Q(k))), an even function of z.
std::array<double, Exceedance::polynomial_size> fit(double k) {
  constexpr std::size_t n = Exceedance::polynomial_size;
  using Powers = std::array<long double, n>;
  std::array<double, n> values{};
  for (std::size_t j = 0; j < n; ++j) {
    const double t = std::cos(std::numbers::pi * (static_cast<double>(j) + 0.5) / n);
    const double z = k * std::sqrt((1 + t) / 2);
    values[j] = std::erf(z / std::numbers::sqrt2) / (2 * z) / std::erf(k / std::numbers::sqrt2);
  }
  Powers sum{}, before{}, current{1};  // Chebyshev polynomials i - 1 and i
  for (std::size_t i = 0; i < n; ++i) {
    long double c = 0;
    for (std::size_t j = 0; j < n; ++j)
      c += values[j] * std::cos(std::numbers::pi_v<long double> * static_cast<long double>(i) *
                                (static_cast<long double>(j) + 0.5L) / n);
    c *= (i == 0 ? 1.0L : 2.0L) / n;
    Powers next{};
    for (std::size_t p = 0; p < n; ++p) {
      sum[p] += c * current[p];
      next[p] = (p > 0 ? (i == 0 ? 1 : 2) * current[p - 1] : 0.0L) - before[p];
    }
    before = current;
    current = next;
  }
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

template <class Body>
void Exceedance::add_inside(double mean, double sigma, const double* levels, double factor,
                            double* sums, const Body& body) const {
  const Vector one = hn::Set(tag, 1.0);
  const Vector all = hn::Set(tag, factor);
  const Vector k = hn::Set(tag, k_);
  const Vector inverse_sigma = hn::Set(tag, 1 / sigma), centre = hn::Set(tag, mean);
  for (std::size_t l = 0; l < stride_; l += simd::lanes) {
    const Vector z = hn::Mul(hn::Sub(hn::LoadU(tag, levels + l), centre), inverse_sigma);
    const auto inside = hn::Lt(hn::Abs(z), k);
    const Vector before = hn::LoadU(tag, sums + l);
    const Vector outside = hn::IfThenElseZero(hn::Lt(z, hn::Zero(tag)), one);
    if (hn::AllFalse(tag, inside)) {
      // Levels ascend: if the first of these is beyond the upper end, so are all that follow.
      if (hn::GetLane(z) > 0) return;
      hn::StoreU(hn::MulAdd(outside, all, before), tag, sums + l);
      continue;
    }
    const Vector clipped = hn::Min(hn::Max(body(z), hn::Zero(tag)), one);
    hn::StoreU(hn::MulAdd(hn::IfThenElse(inside, clipped, outside), all, before), tag, sums + l);
  }
}

void Exceedance::add_truncated(double mean, double sigma, const double* levels, double factor,
                               double* sums) const {
  if (k_ <= widest_polynomial) {
    const Vector to_t = hn::Set(tag, 2 / (k_ * k_)), half = hn::Set(tag, 0.5);
    add_inside(mean, sigma, levels, factor, sums, [&](Vector z) {
      const Vector t = hn::MulSub(hn::Mul(z, z), to_t, hn::Set(tag, 1.0));
      // Even and odd powers apart: two chains that the processor runs side by side.
      const Vector square = hn::Mul(t, t);
      Vector even = hn::Set(tag, polynomial_[polynomial_size - 1]);
      Vector odd = hn::Set(tag, polynomial_[polynomial_size - 2]);
      for (std::size_t i = polynomial_size - 2; i >= 2; i -= 2) {
        even = hn::MulAdd(even, square, hn::Set(tag, polynomial_[i - 1]));
        odd = hn::MulAdd(odd, square, hn::Set(tag, polynomial_[i - 2]));
      }
      even = hn::MulAdd(even, square, hn::Set(tag, polynomial_[0]));
      return hn::NegMulAdd(z, hn::MulAdd(odd, t, even), half);
    });
  } else {
    const Vector one = hn::Set(tag, 1.0), k = hn::Set(tag, k_);
    const Vector tail = hn::Set(tag, tail_), scale = hn::Set(tag, scale_);
    add_inside(mean, sigma, levels, factor, sums, [&](Vector z) {
      const Vector q = simd::upper_tail(hn::Min(hn::Abs(z), k));
      const Vector upper = hn::IfThenElse(hn::Lt(z, hn::Zero(tag)), hn::Sub(one, q), q);
      return hn::Mul(hn::Sub(upper, tail), scale);
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
