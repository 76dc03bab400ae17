// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm::ba08 {

// Site amplification of Boore and Atkinson (2008), Eq. 6 to 13, which later models borrow.
// Relative to vs30 = 760 m/s; linear and nonlinear part.

/// Table 3: blin, b1, b2.
struct SiteCoefficients {
  double blin, b1, b2;
};
extern const std::span<const Row<SiteCoefficients>> site_table;

/// What the amplification of every IMT shares, for the sites of one vector.
/// ln_pga_rock: ln of PGA on rock (vs30 = 760 m/s), g.
class SiteAmplification {
 public:
  SiteAmplification(Real vs30, Real ln_pga_rock) : ln_vs30_(log(vs30 / vref)) {
    // Eq. 13a to 13d: bnl falls from b1 at v1 to b2 at v2 to 0 at vref, linearly in ln(vs30).
    const double ln_v1 = std::log(v1 / vref), ln_v2 = std::log(v2 / vref);
    const Real below = clamp((ln_vs30_ - ln_v2) / (ln_v1 - ln_v2), 0.0, 1.0);
    const Real above = clamp(ln_vs30_ / ln_v2, 0.0, 1.0);
    b1_weight_ = below;
    b2_weight_ = above - below;

    // Eq. 8 to 12 over bnl: constant below a1, logarithmic above a2, a cubic in between.
    const double dx = std::log(a2 / a1), dy = std::log(a2 / pga_low);
    const double c = (3 * dy - dx) / square(dx), d = -(2 * dy - dx) / cube(dx);
    const Real x = ln_pga_rock - std::log(a1);
    const Real cubic = std::log(pga_low / 0.1) + square(x) * (c + d * x);
    nonlinear_ = select(x > dx, ln_pga_rock - std::log(0.1),
                        select(x > 0.0, cubic, std::log(pga_low / 0.1)));
  }

  /// ln of the amplification, Eq. 6.
  Real operator()(const SiteCoefficients& c) const {
    const Real bnl = c.b1 * b1_weight_ + c.b2 * b2_weight_;
    return c.blin * ln_vs30_ + bnl * nonlinear_;
  }

 private:
  // Table 4.
  static constexpr double a1 = 0.03, pga_low = 0.06, a2 = 0.09, v1 = 180, v2 = 300, vref = 760;
  Real ln_vs30_, b1_weight_, b2_weight_, nonlinear_;
};

}  // namespace shakefield::gmm::ba08
