// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/moment_rate.hpp"

#include <cmath>

namespace shakefield::source {
namespace {

constexpr double moment_slope = 1.5, moment_constant = 9.05;
const double ln10 = std::log(10.0);

/// Integral of 10^(k m) from `low` to `high`, divided by 10^(k low).
double power_integral(double k, double low, double high) {
  const double x = k * ln10;
  return x == 0 ? high - low : std::expm1(x * (high - low)) / x;
}

/// Mean moment of events with the slope b between two magnitudes, N m.
double mean_moment(double b, double low, double high) {
  const double at_low = std::pow(10, moment_slope * low + moment_constant);
  return at_low * power_integral(moment_slope - b, low, high) / power_integral(-b, low, high);
}

}  // namespace

double moment_rate_nm(const TruncatedGr& mfd) {
  const double events =
      std::pow(10, mfd.a - mfd.b * mfd.min_mag) - std::pow(10, mfd.a - mfd.b * mfd.max_mag);
  return events * mean_moment(mfd.b, mfd.min_mag, mfd.max_mag);
}

double moment_rate_nm(const AlternativeCharacteristicMfd& mfd) {
  const double border = mfd.max_mag - mfd.delta_mag;
  const double below = mean_moment(mfd.b_gr, mfd.min_mag, border);
  const double above = mean_moment(mfd.b_ac, border, mfd.max_mag);
  // gamma shares out the moment as if the lower zone had no lower end (see magnitude_bins)
  const double with_tail =
      below / (1 - std::pow(10, (mfd.b_gr - moment_slope) * (border - mfd.min_mag)));
  const double events_below_per_above = (1 - mfd.gamma) / mfd.gamma * above / with_tail;
  const double events_above = mfd.total_rate / (1 + events_below_per_above);
  return events_above * (above + events_below_per_above * below);
}

TruncatedGr with_moment_rate(TruncatedGr mfd, double moment_rate) {
  mfd.a += std::log10(moment_rate / moment_rate_nm(mfd));
  return mfd;
}

AlternativeCharacteristicMfd with_moment_rate(AlternativeCharacteristicMfd mfd,
                                              double moment_rate) {
  mfd.total_rate *= moment_rate / moment_rate_nm(mfd);
  return mfd;
}

}  // namespace shakefield::source
