// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace shakefield::gmm {

enum class FaultStyle { strike_slip, normal, reverse };

/// Style of faulting by rake in degrees as many models define it: reverse for 30 < rake < 150,
/// normal for -150 < rake < -30, else strike-slip. Some models widen strike-slip to 45 degrees.
constexpr FaultStyle fault_style(double rake_deg, double strike_slip_within_deg = 30) {
  const double low = strike_slip_within_deg, high = 180 - strike_slip_within_deg;
  if (rake_deg > low && rake_deg < high) return FaultStyle::reverse;
  if (rake_deg < -low && rake_deg > -high) return FaultStyle::normal;
  return FaultStyle::strike_slip;
}

}  // namespace shakefield::gmm
