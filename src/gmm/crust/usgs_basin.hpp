// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm::usgs {

// Weights of a model's own basin term in the national hazard maps of the United States: Petersen,
// M. D., et al. (2020). The 2018 update of the US National Seismic Hazard Model. Earthquake Spectra
// 36(1), 5-41. doi:10.1177/8755293019878199. Long periods and deep basins alone keep it.

/// By period: none up to 0.5 s, PGA and PGV, and 0.585 at 0.75 s.
inline double basin_period_weight(const Imt& imt) {
  if (imt.kind != sa || imt.period_s <= 0.5) return 0;
  return imt.period_s == 0.75 ? 0.585 : 1;
}

/// By depth: none up to 300 m, all from 500 m on.
inline Real basin_depth_weight(Real z1pt0_m) {
  return ramp(z1pt0_m, 300, 500);
}

}  // namespace shakefield::gmm::usgs
