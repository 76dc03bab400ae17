// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "hazard_tree.hpp"
#include "shakefield/site/tiling.hpp"

namespace shakefield::calc {

/// Results of a round of sites take about this much memory on root.
inline constexpr double largest_round_bytes = 256.0 * 1048576;

/// The tiles of a classical calculation: so many a rank that they can be dealt evenly. cuts: as in
/// make_tiles().
std::vector<site::Tile> classical_tiles(const job::Job& job, std::size_t ranks,
                                        std::vector<std::size_t> cuts = {});

/// `count` ruptures that stand each for the same part of the enumeration, in its order.
std::vector<RuptureEvents> representatives_of(const HazardTree& tree, std::size_t count = 400);

}  // namespace shakefield::calc
