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
/// The same with the moment rate of a slipping fault instead of a; the area comes from the source.
struct SlipRateGr {
  double slip_rate_mm_yr = 0, rigidity_gpa = 30;
  double b = 1;
  double min_mag = 0, max_mag = 0;
  double moment_constant = 9.1;  ///< log10 of the moment of magnitude 0, N m
};
/// Rates of TruncatedGr times a taper about the corner magnitude (Kagan 2002,
/// doi:10.1046/j.1365-246x.2002.01594.x).
struct TaperedGr {
  double a = 0, b = 1;
  double min_mag = 0, max_mag = 0, corner_mag = 0;
};
/// Rates listed for evenly spaced magnitudes: mag = min_mag + i * bin_width.
struct IncrementalMfd {
  double min_mag = 0, bin_width = 0;
  std::vector<double> rates;
};
/// Rates listed for any magnitudes.
struct ArbitraryMfd {
  std::vector<double> mags, rates;
};
/// Youngs & Coppersmith (1985): exponential below, uniform within 0.25 of the characteristic
/// magnitude.
struct YoungsCoppersmithMfd {
  double min_mag = 0, b = 1, characteristic_mag = 0;
  double bin_width = 0.1;           ///< (0, 0.5]
  double characteristic_rate = 0;   ///< of the uniform part, 1/year; or
  double total_moment_rate_nm = 0;  ///< N m/year; used if characteristic_rate is 0
};
/// Two zones of Gutenberg-Richter slopes that meet at max_mag - delta_mag.
struct AlternativeCharacteristicMfd {
  double min_mag = 0, max_mag = 0;
  double b_gr = 1, b_ac = 1;  ///< slopes below and above
  double gamma = 0.5;         ///< share of the upper zone in the moment rate, (0, 1)
  double delta_mag = 0;       ///< width of the upper zone
  double total_rate = 0;      ///< above min_mag, 1/year
};
/// Rates of exceedance (1/year) of one magnitude in each zone, by the events of that zone alone.
struct ReferenceRates {
  double gr_mag = 0, gr_rate = 0;  ///< lower zone
  double ac_mag = 0, ac_rate = 0;  ///< upper zone
};

/// Bins of width `bin_width` at half multiples of it (docs/definitions, "magnitude bins"). Throws
/// Error{data} unless b > 0, a finite, max_mag >= min_mag + bin_width.
MagnitudeBins magnitude_bins(const TruncatedGr& mfd, double bin_width);
/// Throws Error{data}: the area is missing; see with_area.
MagnitudeBins magnitude_bins(const SlipRateGr& mfd, double bin_width);
/// As TruncatedGr; moreover corner_mag > 0.
MagnitudeBins magnitude_bins(const TaperedGr& mfd, double bin_width);
/// Throws Error{data} unless bin_width > 0, all rates >= 0 and one of them > 0.
MagnitudeBins magnitude_bins(const IncrementalMfd& mfd);
/// Throws Error{data} unless there are as many rates as magnitudes, all >= 0 and one rate > 0.
MagnitudeBins magnitude_bins(const ArbitraryMfd& mfd);
/// Throws Error{data} for figures out of range.
MagnitudeBins magnitude_bins(const YoungsCoppersmithMfd& mfd);
MagnitudeBins magnitude_bins(const AlternativeCharacteristicMfd& mfd, double bin_width);

/// a from the moment rate 1e-3 slip x 1e9 rigidity x 1e6 area (docs/definitions/sources.md, section
/// 4). area_km2 > 0, 0 < b < 1.5 or above 1.5.
TruncatedGr with_area(const SlipRateGr& mfd, double area_km2);

/// gamma and total_rate from the rates of both zones. Throws Error{data} if a magnitude is not
/// inside its zone or a rate is not above 0.
AlternativeCharacteristicMfd with_reference_rates(AlternativeCharacteristicMfd mfd,
                                                  const ReferenceRates& rates);

/// Any distribution that a source file can hold.
using Mfd = std::variant<TruncatedGr, IncrementalMfd, SlipRateGr, TaperedGr, ArbitraryMfd,
                         YoungsCoppersmithMfd, AlternativeCharacteristicMfd>;
/// `bin_width` (the job's width_of_mfd_bin) serves the kinds that have none of their own.
MagnitudeBins magnitude_bins(const Mfd& mfd, double bin_width);

/// Every rate multiplied by a factor > 0.
MagnitudeBins scaled(MagnitudeBins bins, double factor);

}  // namespace shakefield::source
