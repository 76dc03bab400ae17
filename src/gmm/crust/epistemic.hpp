// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm {

/// Epistemic standard deviation of the median of models of active crust, after the national hazard
/// maps of the United States (Petersen, M. D., et al., 2008, U.S. Geological Survey Open-File
/// Report 2008-1128): 0.4 sqrt(n0 / n), n the number of earthquakes with records in a class of
/// magnitude and r_rup, n0 that of the class of large ones nearby. Figures of the classes: found
/// from values of the OpenQuake engine 3.26.2, which gives magnitudes below 5 the largest too.
inline Real epistemic_deviation(double mag, Real r_rup) {
  struct Ratios {
    double near, middle, far;  // n / n0 for r_rup below 10 km, below 30 km, and beyond
  };
  const Ratios n = mag < 5 || mag >= 7 ? Ratios{1, 1, 2}
                   : mag < 6           ? Ratios{5.5, 19, 47}
                                       : Ratios{1, 3.5, 6.5};
  return select(r_rup < 10.0, 0.4 / std::sqrt(n.near),
                select(r_rup < 30.0, 0.4 / std::sqrt(n.middle), 0.4 / std::sqrt(n.far)));
}

}  // namespace shakefield::gmm
