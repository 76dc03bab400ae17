// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "shakefield/geo/point.hpp"

namespace shakefield::rupture {

/// Great-circle distance from a point to each site. out: [N], km
void fill_r_epi(const geo::Point& epicentre, const geo::PointsView& sites, std::span<double> out);

}  // namespace shakefield::rupture
