// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "shakefield/core/imt.hpp"

namespace shakefield::hazard {

/// Level that a curve exceeds with probability `poe`, as the peer finds it: ln(level) linear in
/// ln(probability), probabilities below 1e-30 counting as 1e-30. 0 if poe is above the curve's
/// first probability; the last level if it is below the last one. levels: [L] ascending, > 0; poes:
/// [L] not ascending.
double map_level(std::span<const double> levels, std::span<const float> poes, double poe);

/// Whole years between exceedances of probability `poe` in a time, halves to even: 0.1 in 50 years
/// -> 475.
long return_period_yr(double poe, double time_yr);

/// Numbers of the measures that make a uniform hazard spectrum: PGA (period 0) and SA, by period.
std::vector<std::size_t> spectral_imts(std::span<const core::Imt> imts);

}  // namespace shakefield::hazard
