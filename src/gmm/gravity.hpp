// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numbers>

namespace shakefield::gmm {

/// Standard gravity, cm/s²: many models give accelerations in cm/s².
inline constexpr double cm_s2_per_g = 980.665;
inline const double ln_cm_s2_per_g = std::log(cm_s2_per_g);

using std::numbers::ln10;

}  // namespace shakefield::gmm
