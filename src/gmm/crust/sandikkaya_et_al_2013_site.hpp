// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simd.hpp"

namespace shakefield::gmm {

/// Nonlinear site amplification of Sandikkaya, Akkar, and Bard (2013), A nonlinear
/// site-amplification model for the next pan-European ground-motion prediction equations, Bulletin
/// of the Seismological Society of America 103(1), 19-32, doi:10.1785/0120120008, as later models
/// borrow it. Relative to vs30 = 750 m/s.
class SandikkayaSite {
 public:
  /// pga_rock: PGA where vs30 is 750 m/s, g.
  SandikkayaSite(Real vs30, Real pga_rock) {
    const Real ln_ratio = log(vs30 / vref);
    const Real ratio_n = exp(n * ln_ratio);
    ln_ratio_ = min(ln_ratio, std::log(vcon / vref));
    nonlinear_ =
        select(vs30 < vref, log((pga_rock + c * ratio_n) / ((pga_rock + c) * ratio_n)), 0.0);
  }

  /// ln of the amplification.
  Real operator()(double b1, double b2) const { return b1 * ln_ratio_ + b2 * nonlinear_; }

 private:
  static constexpr double vref = 750, vcon = 1000, c = 2.5, n = 3.2;
  Real ln_ratio_, nonlinear_;
};

}  // namespace shakefield::gmm
