// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "model_base.hpp"

namespace shakefield::gmm::nshmp_ceus {

/// Limit of the mean (ln g) of models of the central and eastern US in the national maps of 2008
/// (Petersen et al., 2008, USGS Open-File Report 2008-1128; nshmp-haz, public domain): 1.5 g for
/// PGA, 3 g for SA at 0.02 s < T < 0.5 s, their logarithms rounded as there.
inline double limit(const Imt& imt) {
  if (imt.kind == pga) return 0.405;
  if (imt.kind == sa && imt.period_s > 0.02 && imt.period_s < 0.5) return 1.099;
  return std::numeric_limits<double>::infinity();
}

}  // namespace shakefield::gmm::nshmp_ceus
