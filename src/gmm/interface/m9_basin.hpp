// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm {

/// Basin term of long periods found by simulations of magnitude 9 earthquakes of Cascadia (Frankel,
/// A., et al., 2018, Bulletin of the Seismological Society of America 108(5A), 2347-2369), as the
/// OpenQuake engine takes it (`m9_basin_term = true`): twice the motion from 1.9 s on where z2.5 is
/// 6 km or more.
class M9BasinTerm {
 public:
  explicit M9BasinTerm(const Arguments& arguments)
      : exists_(arguments.flag("m9_basin_term", false)) {}

  /// The model needs z2.5.
  bool exists() const { return exists_; }

  Real operator()(const Imt& imt, const GmmInput& in, const Sites& sites) const {
    if (!exists_ || imt.kind != sa || imt.period_s < 1.9) return 0.0;
    return select(sites[in.z2pt5] >= 6.0, std::numbers::ln2, 0.0);
  }

 private:
  bool exists_;
};

}  // namespace shakefield::gmm
