// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace shakefield::source {

/// One possible plane of rupture.
struct NodalPlane {
  double probability = 1;
  double strike_deg = 0;  ///< [0, 360)
  double dip_deg = 90;    ///< (0, 90]
  double rake_deg = 0;    ///< (-180, 180]
};

/// One possible depth of the hypocentre.
struct HypoDepth {
  double probability = 1;
  double depth_km = 0;
  double dip_fraction = 0.5;  ///< place of the hypocentre down dip: 0 top, 1 bottom
};

/// Checks that probabilities are positive and sum to 1 within 1e-7 (else Error{data}). If values
/// are repeated, their probabilities are added and the list is sorted by (probability, value), as
/// the peer does; otherwise as given.
std::vector<NodalPlane> merged(std::vector<NodalPlane> planes);
std::vector<HypoDepth> merged(std::vector<HypoDepth> depths);

/// Length / width of ruptures: a constant, or linear in magnitude between two points and constant
/// outside.
struct AspectRatio {
  double low_mag = 0, low_ratio = 1;
  double high_mag = 0, high_ratio = 1;

  static AspectRatio constant(double ratio) { return {0, ratio, 0, ratio}; }
  double at(double mag) const {
    if (mag <= low_mag) return low_ratio;
    if (mag >= high_mag) return high_ratio;
    return low_ratio + (high_ratio - low_ratio) * (mag - low_mag) / (high_mag - low_mag);
  }
};

}  // namespace shakefield::source
