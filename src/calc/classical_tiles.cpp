// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "classical_tiles.hpp"

#include <algorithm>

namespace shakefield::calc {

std::vector<site::Tile> classical_tiles(const job::Job& job, std::size_t ranks,
                                        std::vector<std::size_t> cuts) {
  constexpr std::size_t tiles_per_rank = 16, smallest = 8;
  const std::size_t size = job.sites.size() / (ranks * tiles_per_rank);
  if (job.share && job.share->is_by_sites()) {  // a tile is of one rank
    cuts.insert(cuts.end(), job.share->site_begin.begin(), job.share->site_begin.end());
    std::ranges::sort(cuts);
    return site::make_tiles(job.sites, std::max<std::size_t>(size, 1), cuts);
  }
  const std::size_t wanted = job.parameters.tile_size;
  const std::size_t largest =
      wanted > 0 ? std::max(wanted, smallest) : job::Parameters::largest_usual_tile;
  return site::make_tiles(job.sites, std::clamp(size, smallest, largest), cuts);
}

std::vector<RuptureEvents> representatives_of(const HazardTree& tree, std::size_t num_wanted) {
  std::vector<RuptureEvents> picked;
  const double step = static_cast<double>(tree.num_ruptures) / static_cast<double>(num_wanted);
  double ruptures_before = 0;
  for (const HazardUnit& unit : tree.units) {
    const auto& sources = tree.items[unit.item].sources;
    const auto count = static_cast<double>(unit.last - unit.first);
    while (picked.size() < num_wanted &&
           (static_cast<double>(picked.size()) + 0.5) * step < ruptures_before + count) {
      auto index =
          unit.first + static_cast<std::size_t>((static_cast<double>(picked.size()) + 0.5) * step -
                                                ruptures_before);
      std::size_t s = 0;
      while (index >= sources[s]->num_ruptures()) index -= sources[s++]->num_ruptures();
      picked.emplace_back().rupture = sources[s]->rupture(index);
    }
    ruptures_before += count;
  }
  return picked;
}

}  // namespace shakefield::calc
