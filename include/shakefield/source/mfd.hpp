// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>
#include <vector>

namespace shakefield::source {

/// Annual rate of the events of one magnitude.
struct MagnitudeBin {
  double mag = 0;
  double rate = 0;  ///< 1/year, > 0
};
/// A magnitude-frequency distribution as the enumeration needs it: bins of non-zero rate.
using MagnitudeBins = std::vector<MagnitudeBin>;

/// Gutenberg & Richter (1944), cut at both ends: N(>= m) = 10^(a - b m) between min_mag and
/// max_mag.
struct TruncatedGr {
  double a = 0, b = 1;
  double min_mag = 0, max_mag = 0;
};
/// Rates listed for evenly spaced magnitudes: mag = min_mag + i * bin_width.
struct IncrementalMfd {
  double min_mag = 0, bin_width = 0;
  std::vector<double> rates;
};

/// Bins of width `bin_width` at half multiples of it (docs/definitions, "magnitude bins"). Throws
/// Error{data} unless b > 0, a finite, max_mag >= min_mag + bin_width.
MagnitudeBins magnitude_bins(const TruncatedGr& mfd, double bin_width);
/// Throws Error{data} unless bin_width > 0, all rates >= 0 and one of them > 0.
MagnitudeBins magnitude_bins(const IncrementalMfd& mfd);

/// Any distribution that a source file can hold.
using Mfd = std::variant<TruncatedGr, IncrementalMfd>;
/// `bin_width` (the job's width_of_mfd_bin) serves the continuous kinds only.
MagnitudeBins magnitude_bins(const Mfd& mfd, double bin_width);

/// Every rate multiplied by a factor > 0.
MagnitudeBins scaled(MagnitudeBins bins, double factor);

}  // namespace shakefield::source
