// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm {

/// Site terms that models publish for classes, made continuous in vs30 as the Canadian hazard model
/// of 2020 does: each class stands at one vs30, linear in ln(vs30) between. Kolaj et al. (2020),
/// Geological Survey of Canada, Open File 8630.
class SmoothSiteClasses {
 public:
  explicit SmoothSiteClasses(Real vs30) : ln_vs30_(log(vs30)) {}

  /// Weight of the harder of two classes.
  Real between(double soft_vs30, double hard_vs30) const {
    return ramp(ln_vs30_, std::log(soft_vs30), std::log(hard_vs30));
  }

 private:
  Real ln_vs30_;
};

}  // namespace shakefield::gmm
