// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numbers>

#include "gravity.hpp"

namespace shakefield::gmm {

/// ln of the pseudo-acceleration in g that goes with a spectral displacement of 1 cm: (2 pi / T)².
inline double ln_g_per_cm(double period_s) {
  return 2 * std::log(2 * std::numbers::pi / period_s) - ln_cm_s2_per_g;
}

}  // namespace shakefield::gmm
