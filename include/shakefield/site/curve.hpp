// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/geo/point.hpp"

namespace shakefield::site {

/// Positions of points along the Hilbert curve over the smallest square (degrees of latitude a
/// side) that holds them all: points near each other have near positions, mostly. Points in one
/// cell (2 m of a square of 2,000 km) share one. Local.
std::vector<std::uint64_t> positions_along_curve(std::span<const geo::Point> points);

/// Numbers of the points along that curve; those in one cell as they come. Local.
std::vector<std::uint32_t> along_curve(std::span<const geo::Point> points);

}  // namespace shakefield::site
