// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/exceedance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "shakefield/core/contract.hpp"
#include "shakefield/hazard/curves.hpp"
#include "simd_normal.hpp"

namespace shakefield::hazard {
namespace {

namespace hn = simd::hn;
using simd::tag;
using simd::Vector;

constexpr double least_truncation = 1e-9;

double upper_tail(double z) {
  return hn::GetLane(simd::upper_tail(hn::Set(tag, z)));
}

}  // namespace

Exceedance::Exceedance(std::span<const core::Imt> imts,
                       const std::vector<std::vector<double>>& levels, double truncation)
    : num_imts_(imts.size()),
      num_levels_(levels.empty() ? 0 : levels.front().size()),
      stride_((num_levels_ + level_padding - 1) / level_padding * level_padding),
      k_(std::min(truncation, simd::farthest)),
      tail_(upper_tail(k_)),
      scale_(1 / (1 - 2 * tail_)),
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

void Exceedance::add_truncated(double mean, double sigma, const double* levels, double factor,
                               double* sums) const {
  const Vector one = hn::Set(tag, 1.0);
  const Vector all = hn::Set(tag, factor);
  const Vector k = hn::Set(tag, k_), tail = hn::Set(tag, tail_), scale = hn::Set(tag, scale_);
  const Vector inverse_sigma = hn::Set(tag, 1 / sigma), centre = hn::Set(tag, mean);
  for (std::size_t l = 0; l < stride_; l += simd::lanes) {
    const Vector z = hn::Mul(hn::Sub(hn::Load(tag, levels + l), centre), inverse_sigma);
    const Vector size = hn::Abs(z);
    const auto inside = hn::Lt(size, k);
    const Vector before = hn::Load(tag, sums + l);
    if (hn::AllFalse(tag, inside)) {
      // Levels ascend: if the first of these is beyond the upper end, so are all that follow.
      if (hn::GetLane(z) > 0) return;
      hn::Store(hn::Add(before, hn::IfThenElseZero(hn::Lt(z, hn::Zero(tag)), all)), tag, sums + l);
      continue;
    }
    const Vector q = simd::upper_tail(hn::Min(size, k));
    const Vector upper = hn::IfThenElse(hn::Lt(z, hn::Zero(tag)), hn::Sub(one, q), q);
    const Vector p = hn::Mul(hn::Sub(upper, tail), scale);
    const Vector clipped = hn::Min(hn::Max(p, hn::Zero(tag)), one);
    hn::Store(hn::MulAdd(clipped, all, before), tag, sums + l);
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
