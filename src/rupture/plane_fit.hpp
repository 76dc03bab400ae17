// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// Attitude of a plane: strike in [0, 360), dip in [0, 90] to the right of it.
struct FittedPlane {
  double strike_deg = 0, dip_deg = 90;
};

/// Least-squares plane through points (smallest sum of squared distances across it), in an
/// orthographic plane about their bounding box with depth downwards. Less than 3 points: strike 0,
/// dip 90.
FittedPlane fit_plane(std::span<const geo::Point> points);

}  // namespace shakefield::rupture
