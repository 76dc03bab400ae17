// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/mfd.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "shakefield/core/error.hpp"

namespace shakefield::source {

namespace {

/// Slack for comparisons of magnitudes that are sums of rounded decimals.
constexpr double mag_slack = 1e-9;

void require(bool condition, const std::string& message) {
  core::validate(condition, core::ErrorKind::data, message);
}

double round_half_up(double x) {
  return std::floor(x + 0.5);
}

/// The bins without those of rate 0. Whatever the figures of a distribution, its magnitudes must be
/// those of earthquakes and its rates numbers.
MagnitudeBins without_zeros(MagnitudeBins bins) {
  constexpr double largest_mag = 12;
  std::erase_if(bins, [](const MagnitudeBin& bin) { return bin.rate == 0; });
  const auto wrong = std::ranges::find_if_not(bins, [](const MagnitudeBin& bin) {
    return bin.mag >= 0 && bin.mag <= largest_mag && bin.rate > 0 && std::isfinite(bin.rate);
  });
  if (wrong != bins.end())
    require(false,
            fmt::format("distribution with the rate {} at magnitude {} (rates must be finite "
                        "and above 0, magnitudes in [0, {}]), correct its figures",
                        wrong->rate, wrong->mag, largest_mag));
  return bins;
}

/// Bins of one width: centres, made by repeated addition as the peer makes them, with the rate of
/// nothing yet.
MagnitudeBins empty_bins(double min_mag, double max_mag, double bin_width) {
  constexpr double most_bins = 1e5;
  require((max_mag - min_mag) / bin_width <= most_bins,
          fmt::format("magnitudes from {} to {} in bins of {} (at most {} bins), make the bins "
                      "wider",
                      min_mag, max_mag, bin_width, most_bins));
  const double low = round_half_up(min_mag / bin_width) * bin_width;
  const double high = round_half_up(max_mag / bin_width) * bin_width;
  const auto count = static_cast<std::size_t>(std::max(1.0, std::round((high - low) / bin_width)));
  MagnitudeBins bins;
  double mag = low + bin_width / 2;
  for (std::size_t i = 0; i < count; ++i, mag += bin_width) bins.push_back({mag, 0});
  return bins;
}

/// Checks what the kinds with bins of the job's width have in common.
void check_range(std::string_view what, double min_mag, double max_mag, double bin_width) {
  require(bin_width > 0, fmt::format("magnitude bins {} wide (the width must be above 0), correct "
                                     "width_of_mfd_bin",
                                     bin_width));
  require(max_mag + mag_slack >= min_mag + bin_width,
          fmt::format("{} distribution from magnitude {} to {} (narrower than one bin of {}), "
                      "widen it or make width_of_mfd_bin smaller",
                      what, min_mag, max_mag, bin_width));
}

double exceeding(double a, double b, double mag) {
  return std::pow(10, a - b * mag);
}

MagnitudeBins gutenberg_richter(double a, double b, double min_mag, double max_mag,
                                double bin_width) {
  check_range("Gutenberg-Richter", min_mag, max_mag, bin_width);
  require(b > 0 && std::isfinite(a) && std::isfinite(b),
          fmt::format("Gutenberg-Richter distribution with a = {}, b = {} (a must be finite, b "
                      "above 0), correct aValue or bValue",
                      a, b));
  MagnitudeBins bins = empty_bins(min_mag, max_mag, bin_width);
  for (MagnitudeBin& bin : bins)
    bin.rate = exceeding(a, b, bin.mag - bin_width / 2) - exceeding(a, b, bin.mag + bin_width / 2);
  return bins;
}

void require_rates(std::span<const double> rates, std::string_view what) {
  require(std::ranges::all_of(rates, [](double r) { return r >= 0 && std::isfinite(r); }) &&
              std::ranges::any_of(rates, [](double r) { return r > 0; }),
          fmt::format("{} distribution with rates {} (all must be at least 0 and one above 0), "
                      "correct occurRates",
                      what, fmt::join(rates, " ")));
}

/// Seismic moment, N m (Hanks & Kanamori 1979, doi:10.1029/JB084iB05p02348).
double moment(double mag) {
  return std::pow(10, 1.5 * mag + 9.05);
}

}  // namespace

MagnitudeBins magnitude_bins(const TruncatedGr& mfd, double bin_width) {
  return without_zeros(gutenberg_richter(mfd.a, mfd.b, mfd.min_mag, mfd.max_mag, bin_width));
}

MagnitudeBins magnitude_bins(const SlipRateGr& mfd, double) {
  throw core::Error(core::ErrorKind::data,
                    fmt::format("a slip rate of {} mm/year gives no rate of earthquakes here (the "
                                "source has no area), give aValue instead",
                                mfd.slip_rate_mm_yr));
}

TruncatedGr with_area(const SlipRateGr& mfd, double area_km2) {
  require(mfd.slip_rate_mm_yr > 0 && mfd.rigidity_gpa > 0 && mfd.b > 0 && mfd.b != 1.5,
          fmt::format("Gutenberg-Richter distribution with slipRate {}, rigidity {}, b = {} (all "
                      "must be above 0, and b not 1.5), correct them",
                      mfd.slip_rate_mm_yr, mfd.rigidity_gpa, mfd.b));
  const double moment_rate = 1e-3 * mfd.slip_rate_mm_yr * 1e9 * mfd.rigidity_gpa * 1e6 * area_km2;
  const double beyond = std::pow(10, -mfd.b * mfd.max_mag);
  const double a =
      std::log10(moment_rate * (1.5 - mfd.b) * (1 - beyond) /
                 (mfd.b * std::pow(10, 1.5 * mfd.max_mag + mfd.moment_constant) * beyond));
  return {a, mfd.b, mfd.min_mag, mfd.max_mag};
}

MagnitudeBins magnitude_bins(const TaperedGr& mfd, double bin_width) {
  require(mfd.corner_mag > 0, fmt::format("tapered distribution with cornerMag {} (it must be "
                                          "above 0), correct it",
                                          mfd.corner_mag));
  // Share of events above m for a corner (Kagan 2002, eq. 10); the untapered rates are those of a
  // corner so large that it does not matter.
  const auto share_above = [&](double mag, double corner) {
    constexpr double threshold = 4;
    return std::pow(moment(threshold) / moment(mag), 2 * mfd.b / 3) *
           std::exp((moment(threshold) - moment(mag)) / moment(corner));
  };
  constexpr double untapered = 9.05;
  MagnitudeBins bins = gutenberg_richter(mfd.a, mfd.b, mfd.min_mag, mfd.max_mag, bin_width);
  for (MagnitudeBin& bin : bins) {
    const double low = bin.mag - bin_width / 2, high = bin.mag + bin_width / 2;
    bin.rate *= (share_above(low, mfd.corner_mag) - share_above(high, mfd.corner_mag)) /
                (share_above(low, untapered) - share_above(high, untapered));
  }
  return without_zeros(std::move(bins));
}

MagnitudeBins magnitude_bins(const IncrementalMfd& mfd) {
  require(mfd.bin_width > 0,
          fmt::format("incremental distribution with binWidth {} (it must be above 0), correct it",
                      mfd.bin_width));
  require_rates(mfd.rates, "incremental");
  MagnitudeBins bins;
  for (std::size_t i = 0; i < mfd.rates.size(); ++i)
    bins.push_back({mfd.min_mag + static_cast<double>(i) * mfd.bin_width, mfd.rates[i]});
  return without_zeros(std::move(bins));
}

MagnitudeBins magnitude_bins(const ArbitraryMfd& mfd) {
  require(mfd.mags.size() == mfd.rates.size(),
          fmt::format("arbitrary distribution with {} magnitudes and {} rates (as many are "
                      "needed), correct it",
                      mfd.mags.size(), mfd.rates.size()));
  require_rates(mfd.rates, "arbitrary");
  MagnitudeBins bins;
  for (std::size_t i = 0; i < mfd.rates.size(); ++i) bins.push_back({mfd.mags[i], mfd.rates[i]});
  return without_zeros(std::move(bins));
}

MagnitudeBins magnitude_bins(const YoungsCoppersmithMfd& mfd) {
  // Half width of the uniform part, and how far below the characteristic magnitude the exponential
  // part is as dense as the uniform one.
  constexpr double half_width = 0.25, below = 1.25;
  const double max_mag = mfd.characteristic_mag + half_width;
  require(mfd.bin_width > 0 && mfd.bin_width <= 2 * half_width && mfd.b > 0 &&
              mfd.min_mag < mfd.characteristic_mag - half_width,
          fmt::format("Youngs-Coppersmith distribution with binWidth {}, b = {}, magnitudes {} and "
                      "{} (binWidth must be above 0, up to 0.5, b above 0, minMag below the "
                      "characteristic magnitude - 0.25), correct it",
                      mfd.bin_width, mfd.b, mfd.min_mag, mfd.characteristic_mag));
  double characteristic_rate = mfd.characteristic_rate;
  double a = mfd.b * (mfd.characteristic_mag - below) +
             std::log10(characteristic_rate / (2 * half_width)) -
             std::log10(mfd.b * std::log(10.0));
  if (characteristic_rate == 0) {
    // Youngs & Coppersmith (1985), eq. 16 and 17 for the rates of both parts.
    const double beta = mfd.b * std::log(10.0), range = max_mag - mfd.min_mag;
    const double c1 = std::exp(-beta * (range - 0.5)), c2 = std::exp(-beta * (range - 1.5));
    const double c3 = beta * c2 / (2 * (1 - c1) + beta * c2);
    const double half_moment = std::pow(10, -0.75);  // of half a magnitude less
    const double c4 =
        mfd.b * half_moment / (1.5 - mfd.b) + mfd.b * std::exp(beta) * (1 - half_moment) / 1.5;
    const double rate =
        (1 - c1) * mfd.total_moment_rate_nm / ((1 - c3) * c1 * moment(max_mag) * c4);
    characteristic_rate = c3 * rate;
    a = std::log10((rate - characteristic_rate) /
                   (std::pow(10, -mfd.b * mfd.min_mag) -
                    std::pow(10, -mfd.b * (mfd.characteristic_mag - half_width))));
  }
  require(characteristic_rate > 0 && std::isfinite(a),
          fmt::format("Youngs-Coppersmith distribution with characteristicRate {} and "
                      "totalMomentRate {} (one must be above 0), correct it",
                      mfd.characteristic_rate, mfd.total_moment_rate_nm));
  MagnitudeBins bins = empty_bins(mfd.min_mag, max_mag, mfd.bin_width);
  for (MagnitudeBin& bin : bins) {
    const double low = bin.mag - mfd.bin_width / 2, high = bin.mag + mfd.bin_width / 2;
    bin.rate = bin.mag < mfd.characteristic_mag - half_width
                   ? exceeding(a, mfd.b, low) - exceeding(a, mfd.b, high)
                   : characteristic_rate * mfd.bin_width / (2 * half_width);
  }
  return without_zeros(std::move(bins));
}

namespace {

/// Where the zones of an alternative characteristic distribution meet. Checks its figures.
double zone_border(const AlternativeCharacteristicMfd& mfd) {
  const double border = mfd.max_mag - mfd.delta_mag;
  require(mfd.b_gr > 0 && mfd.b_ac > 0 && mfd.b_gr != 1.5 && mfd.b_ac != 1.5 && mfd.delta_mag > 0 &&
              border > mfd.min_mag,
          fmt::format("alternative characteristic distribution with bGR {}, bAC {}, deltaMagAC {} "
                      "from magnitude {} to {} (slopes and deltaMagAC must be above 0, slopes not "
                      "1.5, and the lower zone wider than 0), correct it",
                      mfd.b_gr, mfd.b_ac, mfd.delta_mag, mfd.min_mag, mfd.max_mag));
  return border;
}

/// Events of the lower zone for each one of the upper zone if both had the same share of the moment
/// rate (docs/definitions/sources.md, section 4).
double balanced_ratio(const AlternativeCharacteristicMfd& mfd) {
  const double f_gr = std::pow(10, -mfd.b_gr * (zone_border(mfd) - mfd.min_mag));
  const double f_ac = std::pow(10, -mfd.b_ac * mfd.delta_mag);
  const double g_ac = std::pow(10, -1.5 * mfd.delta_mag);
  return mfd.b_ac * (f_ac - g_ac) * (1.5 - mfd.b_gr) * (1 - f_gr) /
         (mfd.b_gr * (1.5 - mfd.b_ac) * g_ac * f_gr * (1 - f_ac));
}

/// Share of the events between low and high of those of a zone of this slope.
double share_between(double b, double zone_low, double zone_high, double low, double high) {
  const double from = std::max(low, zone_low), to = std::min(high, zone_high);
  if (to <= from) return 0;
  const auto above = [&](double mag) { return std::pow(10, -b * (mag - zone_low)); };
  return (above(from) - above(to)) / (1 - above(zone_high));
}

}  // namespace

MagnitudeBins magnitude_bins(const AlternativeCharacteristicMfd& mfd, double bin_width) {
  check_range("alternative characteristic", mfd.min_mag, mfd.max_mag, bin_width);
  require(mfd.gamma > 0 && mfd.gamma < 1 && mfd.total_rate > 0,
          fmt::format("alternative characteristic distribution with gamma {}, totalRate {} (gamma "
                      "must be between 0 and 1, the rate above 0), correct it",
                      mfd.gamma, mfd.total_rate));
  const double ratio = (1 - mfd.gamma) / mfd.gamma * balanced_ratio(mfd);
  const double border = zone_border(mfd), ac_rate = mfd.total_rate / (1 + ratio);
  const double gr_rate = mfd.total_rate - ac_rate;
  MagnitudeBins bins = empty_bins(mfd.min_mag, mfd.max_mag, bin_width);
  for (MagnitudeBin& bin : bins) {
    const double low = bin.mag - bin_width / 2, high = bin.mag + bin_width / 2;
    bin.rate = gr_rate * share_between(mfd.b_gr, mfd.min_mag, border, low, high) +
               ac_rate * share_between(mfd.b_ac, border, mfd.max_mag, low, high);
  }
  return without_zeros(std::move(bins));
}

AlternativeCharacteristicMfd with_reference_rates(AlternativeCharacteristicMfd mfd,
                                                  const ReferenceRates& rates) {
  const double border = zone_border(mfd);
  require(rates.gr_mag >= mfd.min_mag && rates.gr_mag < border && rates.ac_mag >= border &&
              rates.ac_mag < mfd.max_mag && rates.gr_rate > 0 && rates.ac_rate > 0,
          fmt::format("reference rates {} at magnitude {} and {} at {} (the magnitudes must be "
                      "inside [{}, {}) and [{}, {}), the rates above 0), correct them",
                      rates.gr_rate, rates.gr_mag, rates.ac_rate, rates.ac_mag, mfd.min_mag, border,
                      border, mfd.max_mag));
  const double gr_rate =
      rates.gr_rate / share_between(mfd.b_gr, mfd.min_mag, border, rates.gr_mag, border);
  const double ac_rate =
      rates.ac_rate / share_between(mfd.b_ac, border, mfd.max_mag, rates.ac_mag, mfd.max_mag);
  const double balanced = balanced_ratio(mfd);
  mfd.gamma = balanced / (balanced + gr_rate / ac_rate);
  mfd.total_rate = gr_rate + ac_rate;
  return mfd;
}

MagnitudeBins magnitude_bins(const Mfd& mfd, double bin_width) {
  return std::visit(
      [&](const auto& kind) {
        if constexpr (requires { magnitude_bins(kind); })
          return magnitude_bins(kind);
        else
          return magnitude_bins(kind, bin_width);
      },
      mfd);
}

MagnitudeBins scaled(MagnitudeBins bins, double factor) {
  for (MagnitudeBin& bin : bins) bin.rate *= factor;
  return bins;
}

}  // namespace shakefield::source
