// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/mfd.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
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

MagnitudeBins without_zeros(MagnitudeBins bins) {
  std::erase_if(bins, [](const MagnitudeBin& bin) { return bin.rate == 0; });
  return bins;
}

}  // namespace

MagnitudeBins magnitude_bins(const TruncatedGr& mfd, double bin_width) {
  require(bin_width > 0, fmt::format("magnitude bins {} wide (the width must be above 0), correct "
                                     "width_of_mfd_bin",
                                     bin_width));
  require(
      mfd.b > 0 && std::isfinite(mfd.a) && std::isfinite(mfd.b),
      fmt::format("Gutenberg-Richter distribution with a = {}, b = {} (a must be finite, b above "
                  "0), correct aValue or bValue",
                  mfd.a, mfd.b));
  require(
      mfd.max_mag + mag_slack >= mfd.min_mag + bin_width,
      fmt::format("Gutenberg-Richter distribution from magnitude {} to {} (narrower than one bin "
                  "of {}), widen it or make width_of_mfd_bin smaller",
                  mfd.min_mag, mfd.max_mag, bin_width));
  const double low = round_half_up(mfd.min_mag / bin_width) * bin_width;
  double high = round_half_up(mfd.max_mag / bin_width) * bin_width;
  if (low == high) high += bin_width;
  const auto count = static_cast<std::size_t>(std::max(1.0, std::round((high - low) / bin_width)));

  const auto exceeding = [&](double mag) { return std::pow(10, mfd.a - mfd.b * mag); };
  MagnitudeBins bins;
  double mag = low + bin_width / 2;
  for (std::size_t i = 0; i < count; ++i, mag += bin_width)
    bins.push_back({mag, exceeding(mag - bin_width / 2) - exceeding(mag + bin_width / 2)});
  return without_zeros(std::move(bins));
}

MagnitudeBins magnitude_bins(const IncrementalMfd& mfd) {
  require(mfd.bin_width > 0,
          fmt::format("incremental distribution with binWidth {} (it must be above 0), correct it",
                      mfd.bin_width));
  require(
      std::ranges::all_of(mfd.rates, [](double r) { return r >= 0 && std::isfinite(r); }) &&
          std::ranges::any_of(mfd.rates, [](double r) { return r > 0; }),
      fmt::format("incremental distribution with rates {} (all must be at least 0 and one above "
                  "0), correct occurRates",
                  fmt::join(mfd.rates, " ")));
  MagnitudeBins bins;
  for (std::size_t i = 0; i < mfd.rates.size(); ++i)
    bins.push_back({mfd.min_mag + static_cast<double>(i) * mfd.bin_width, mfd.rates[i]});
  return without_zeros(std::move(bins));
}

MagnitudeBins magnitude_bins(const Mfd& mfd, double bin_width) {
  if (const auto* gr = std::get_if<TruncatedGr>(&mfd)) return magnitude_bins(*gr, bin_width);
  return magnitude_bins(std::get<IncrementalMfd>(mfd));
}

MagnitudeBins scaled(MagnitudeBins bins, double factor) {
  for (MagnitudeBin& bin : bins) bin.rate *= factor;
  return bins;
}

}  // namespace shakefield::source
