// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/core/imt.hpp"

namespace shakefield::hazard {

/// What a model says of N sites: IMT m of site i at m * stride + i, ln of the IMT's unit (MMI:
/// plain).
struct Moments {
  std::size_t stride = 0;
  std::span<const double> mean, sigma;  ///< [M][N]; sigma >= 0
};

/// Probabilities that a ground motion exceeds the levels of all M intensity measures at once, if it
/// is normal and its *total* deviation is truncated symmetrically at +-k:
/// P(z) = (Q(z) - Q(k)) / (1 - 2 Q(k)), z = (level - mean) / sigma, Q the upper tail of the normal.
/// k <= 1e-9, or sigma = 0: 1 below the mean, 1/2 at it, 0 above. Absolute error < 5e-12 for k <=
/// 3.5; beyond, relative error < 1e-10 of Q up to 9 deviations, where it ends (1e-19). Immutable,
/// thread-safe.
class Exceedance {
 public:
  static constexpr std::size_t polynomial_size = 15;  ///< odd

  /// levels: [M][L] in the unit of the IMT, ascending, > 0 unless the IMT is plain; as many for
  /// each IMT. truncation: k >= 0.
  Exceedance(std::span<const core::Imt> imts, const std::vector<std::vector<double>>& levels,
             double truncation);

  std::size_t num_imts() const { return num_imts_; }
  std::size_t num_levels() const { return num_levels_; }
  /// Levels of one IMT, padded to a multiple of level_padding: level l of IMT m at m * stride() +
  /// l.
  std::size_t stride() const { return stride_; }
  /// Values of one site, padding included (which gets 0): M * stride().
  std::size_t values() const { return num_imts_ * stride_; }

  /// sums[own[i] * values() + m * stride() + l] += factor * P for each of the N = own.size() sites.
  /// The numbers of a site do not depend on the others.
  void add(const Moments& moments, std::span<const std::uint32_t> own, double factor,
           std::span<double> sums) const;

 private:
  /// Adds factor x probability((level - mean) / unit); from `end` of these units on it is 0.
  template <class Probability>
  void add_levels(double mean, double unit, double end, const double* levels, double factor,
                  double* sums, const Probability& probability) const;
  void add_truncated(double mean, double sigma, const double* levels, double factor,
                     double* sums) const;
  void add_step(double mean, const double* levels, double factor, double* sums) const;

  std::size_t num_imts_, num_levels_, stride_;
  double k_;                                        ///< at most 9
  double tail_, scale_;                             ///< Q(k), 1 / (1 - 2 Q(k))
  std::array<double, polynomial_size> polynomial_;  ///< of k, if it is small
  std::vector<double> levels_;  ///< [M][stride] as models give means; infinite in the padding
};

}  // namespace shakefield::hazard
