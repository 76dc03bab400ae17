// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "shakefield/geo/point.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::site {

/// A block of neighbouring sites: the unit of work that is dealt to ranks.
struct Tile {
  std::vector<std::uint32_t> sites;  ///< site ids, ascending
  geo::Vec3 centre;                  ///< of a sphere (Cartesian, km) that holds the sites
  double radius_km = 0;
};

/// Orders the sites along a Hilbert curve over their bounding box and cuts them into tiles of
/// `tile_size` (the last one may be smaller), and behind as many sites as each of `cuts` says
/// (ascending). The order depends on the job only, never on the ranks.
std::vector<Tile> make_tiles(const SiteCollection& sites, std::size_t tile_size = 256,
                             const std::vector<std::size_t>& cuts = {});

/// Deals tiles to ranks so that the sums of `work` [tiles] come close to `share` [ranks] (longest
/// first; shares sum to 1, equal if empty). Returns for each rank its tile numbers, ascending.
/// Deterministic.
std::vector<std::vector<std::size_t>> deal_tiles(const std::vector<double>& work, std::size_t ranks,
                                                 const std::vector<double>& share = {});

}  // namespace shakefield::site
