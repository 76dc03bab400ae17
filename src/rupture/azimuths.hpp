// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// Azimuth from the middle of a surface to each site, counted from its strike. [N], degrees in [0,
/// 360).
void fill_azimuths(const geo::Point& middle, double strike_deg, const geo::PointsView& sites,
                   std::span<double> out);

}  // namespace shakefield::rupture
