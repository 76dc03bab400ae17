// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "shakefield/hazard/statistics.hpp"

namespace shakefield::hazard {

/// Levels of a measure stand in rows that are padded to a multiple of this: a cache line.
inline constexpr std::size_t level_padding = 8;

/// How realizations are made of columns of rates that they share: a column is what one group of
/// sources gives with one ground-motion model, and is computed once for all realizations that have
/// it.
struct Combination {
  std::vector<std::vector<std::uint32_t>> columns;  ///< [R] numbers of the columns that add up
  /// [M][R] weights of the realizations, which may depend on the measure; sums 1, or all 0: then
  /// means are 0.
  std::vector<std::vector<double>> weights;

  /// Realizations that are columns of their own (curves from fields).
  static Combination of_realizations(std::vector<std::vector<double>> weights);
};

/// What is kept of the curves of all realizations at a site.
struct CurveKinds {
  std::vector<Statistic> statistics;
  bool realizations = false;  ///< each one's own curve, behind the statistics
  bool use_rates = false;     ///< statistics of rates of exceedance in place of probabilities

  /// "mean", "quantile-0.5", "rlz-000", in order; [K].
  std::vector<std::string> names(std::size_t num_realizations) const;
};

/// Turns columns of rates into curves of realizations, and these into statistics; never holds more
/// than a few levels of all realizations. Within a realization rates add:
/// poe = 1 - exp(-sum of rates). Scratch memory inside: one object a thread.
class CurveMaker {
 public:
  CurveMaker(Combination combination, CurveKinds kinds);

  /// Curves a site: K.
  std::size_t num_kinds() const;
  /// One site. rates[c * column_stride + m * level_stride + l]: rate of exceedance, in the time
  /// that probabilities are for, of level l of measure m in column c; level_stride is a multiple of
  /// level_padding. Puts the probability of kind k at out[(k * M + m) * level_stride + l].
  void make(std::span<const double> rates, std::size_t column_stride, std::size_t level_stride,
            std::span<float> out);

 private:
  void fill_block(std::span<const double> rates, std::size_t column_stride, std::size_t first);

  Combination combination_;
  CurveKinds kinds_;
  Statistics statistics_;
  std::vector<double> block_;   ///< [R][level_padding] probabilities
  std::vector<double> values_;  ///< [R] of one level
  std::vector<double> out_;     ///< [statistics]
};

}  // namespace shakefield::hazard
