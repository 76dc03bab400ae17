// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simd.hpp"

namespace shakefield::gmm {

/// Site classes of Eurocode 8 (EN 1998-1:2004, Table 3.1) by vs30 in m/s: A from 800 on, B from 360
/// on, C from 180 on, else D. Models with classes have one coefficient a class.
class Ec8SiteClass {
 public:
  explicit Ec8SiteClass(Real vs30) : a_(vs30 >= 800.0), b_(vs30 >= 360.0), c_(vs30 >= 180.0) {}

  /// The coefficient of each site's class.
  Real operator()(double a, double b, double c, double d) const {
    return select(a_, a, select(b_, b, select(c_, c, d)));
  }

 private:
  Mask a_, b_, c_;  ///< at least this stiff
};

}  // namespace shakefield::gmm
