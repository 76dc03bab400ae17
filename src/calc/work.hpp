// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "event_stream.hpp"
#include "shakefield/field/reach.hpp"
#include "shakefield/site/tiling.hpp"

namespace shakefield::calc {

/// Estimated work of each tile: expected events x sites in reach, from representative ruptures.
/// Sums to 1.
std::vector<double> estimate_work(const std::vector<site::Tile>& tiles,
                                  const std::vector<RuptureEvents>& representatives,
                                  const field::Reach& reach);

/// What writing all rows costs root more than packing costs the others, as a share of the computing
/// of all ranks, before anything is measured (0.07 to 0.9 seen, docs/performance.md).
inline constexpr double usual_writing_share = 0.2;

/// How tiles are dealt: root gets less in proportion to what writing costs it.
struct Deal {
  std::vector<std::vector<std::size_t>> tiles;  ///< [ranks] tile numbers
  std::vector<double> work;                     ///< [ranks] estimated, writing included; sums to 1
};
Deal deal(const std::vector<double>& work, std::size_t ranks,
          double writing_share = usual_writing_share);

/// Sites of a tile that may be in reach of a rupture, as a share of the tile (0 … 1) from the
/// bounding spheres.
double share_in_reach(const site::Tile& tile, const rupture::BoundingSphere& bound,
                      double reach_km);
/// The same, summed over all tiles: about the number of sites in reach, rather too many.
double sites_in_reach(const std::vector<site::Tile>& tiles, const rupture::Rupture& rupture,
                      const field::Reach& reach);

}  // namespace shakefield::calc
