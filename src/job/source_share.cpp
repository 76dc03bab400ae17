// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_share.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <set>

#include "shakefield/site/tiling.hpp"
#include "shakefield/source/distant_source.hpp"

namespace shakefield::job {
namespace {

using rupture::BoundingSphere;
using source::DistantSource;

/// With fewer sites a rank, shares of the sums are dealt to the ranks in place of sites.
constexpr std::size_t few_sites = 16;
constexpr std::size_t tiles_per_rank = 16;

double km_between(const geo::Vec3& a, const geo::Vec3& b) {
  return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

/// Whether sums and results of all sites fit into the memory of the ranks at once: sites are then
/// computed in one round, to which each rank's own ones belong. On the safe side.
bool takes_one_round(const Job& job, std::size_t ranks) {
  constexpr double sums_bytes = 512.0 * 1048576, results_bytes = 256.0 * 1048576;
  double values = 0, columns = 0;
  for (const std::vector<double>& levels : job.parameters.levels)
    values += static_cast<double>(levels.size());
  for (const logictree::GmmBranchSet& set : job.tree.gmm_sets)
    columns += static_cast<double>(set.branches.size());
  double parts = 0;
  for (const logictree::SourcePath& path : job.tree.source_paths)
    parts += static_cast<double>(path.files.size());
  const HazardParameters& h = job.parameters.hazard;
  const double results =
      3 + static_cast<double>(h.quantiles.size()) +
      (h.individual_rlzs ? static_cast<double>(job.tree.realizations.size()) : 0);
  const double bytes = sizeof(double) * values * static_cast<double>(job.sites.size());
  return bytes * columns * parts <= sums_bytes / 2 * static_cast<double>(ranks) &&
         bytes * results <= results_bytes;
}

/// What ranks tell each other of a source.
struct Told {
  std::uint32_t model, index, chunk, family_size;
  std::uint64_t num_ruptures;
  double max_mag, x, y, z, radius;
};

}  // namespace

BoundingSphere whole_earth() {
  constexpr double beyond_all_km = 2e4;
  return {{0, 0, 0}, beyond_all_km};
}

SourceExtents extents_of(const Job& job, const Origins& origins, const SourceFiles& files) {
  SourceExtents extents;
  for (const auto& [name, list] : files)
    for (const SourceDescription& source : list.sources) {
      std::vector<SourceExtent>& all = extents[source.place.file];
      all.resize(std::max<std::size_t>(all.size(), source.number + 1), {{{}, -1}});
    }
  for (std::size_t m = 0; m < origins.size(); ++m) {
    const SourceModel& model = job.source_models[m];
    for (std::size_t i = 0; i < origins[m].size(); ++i) {
      const SourceDescription& origin = *origins[m][i];
      BoundingSphere& all = extents[origin.place.file][origin.number].bound;
      const BoundingSphere own = model.sources[i]->bound();
      if (all.radius_km < 0)
        all = own;
      else
        all.radius_km = std::max(all.radius_km, km_between(all.centre, own.centre) + own.radius_km);
    }
    for (const source::SourceGroup& group : model.groups)
      for (std::size_t i = group.first; i < group.last && !group.is_plain(); ++i)
        extents[origins[m][i]->place.file][origins[m][i]->number].is_dependent = true;
  }
  for (auto& [file, all] : extents)
    for (SourceExtent& extent : all)
      if (extent.bound.radius_km < 0) extent.bound = whole_earth();
  return extents;
}

OwnSources::OwnSources(const comm::Communicator& comm, ModelFile& model, Job& job)
    : comm_(comm),
      rank_(static_cast<std::size_t>(comm.rank())),
      ranks_(static_cast<std::size_t>(comm.size())),
      stored_(model.all_sources()),
      reach_km_(job.parameters.maximum_distance.largest()) {
  for (const StoredSources* stored : stored_)
    for (std::size_t c = 0; c + 1 < stored->chunks().size(); ++c) {
      const StoredChunk& chunk = stored->chunks()[c];
      chunks_.push_back({{chunk.x_km, chunk.y_km, chunk.z_km},
                         chunk.is_dependent ? whole_earth().radius_km : chunk.radius_km});
    }
  wanted_.assign(chunks_.size(), false);
  job.share.emplace();
  if (integrates(job.parameters.mode)) {
    const std::vector<site::Tile> tiles = make_tiles(job);
    if (job.sites.size() >= few_sites * ranks_ && takes_one_round(job, ranks_))
      deal_tiles(job, tiles);
  }
  choose_chunks();
  want_chosen();
}

bool OwnSources::reaches(const BoundingSphere& bound, const Tile& tile) const {
  return km_between(tile.centre, bound.centre) <=
         tile.radius_km + bound.radius_km + reach_km_ + 1e-3;
}

bool OwnSources::reaches_own_sites(const BoundingSphere& bound) const {
  return std::ranges::any_of(tiles_, [&](const Tile& tile) {
    return (tile.rank == rank_ || tile.rank == all_ranks) && reaches(bound, tile);
  });
}

std::vector<site::Tile> OwnSources::make_tiles(const Job& job) {
  std::vector<site::Tile> tiles = site::make_tiles(
      job.sites, std::max<std::size_t>(job.sites.size() / (ranks_ * tiles_per_rank), 1));
  for (const site::Tile& tile : tiles) tiles_.push_back({tile.centre, tile.radius_km, all_ranks});
  return tiles;
}

void OwnSources::deal_tiles(Job& job, const std::vector<site::Tile>& tiles) {
  std::vector<double> work_before{0};
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    double sources = 1;
    std::size_t chunk = 0;
    for (const StoredSources* stored : stored_)
      for (std::size_t c = 0; c + 1 < stored->chunks().size(); ++c)
        if (reaches(chunks_[chunk++], tiles_[t]))
          sources += static_cast<double>(stored->num_sources(c));
    work_before.push_back(work_before.back() +
                          sources * static_cast<double>(tiles[t].sites.size()));
  }
  std::vector<std::size_t>& site_begin = job.share->site_begin;
  std::size_t sites = 0, tile = 0;
  for (std::size_t r = 0; r < ranks_; ++r) {
    site_begin.push_back(sites);
    const double end = static_cast<double>(r + 1) / static_cast<double>(ranks_);
    for (; tile < tiles.size() &&
           (r + 1 == ranks_ ||
            (work_before[tile] + work_before[tile + 1]) / 2 < end * work_before.back());
         ++tile) {
      tiles_[tile].rank = r;
      sites += tiles[tile].sites.size();
    }
  }
  site_begin.push_back(sites);
}

void OwnSources::choose_chunks() {
  // Neighbours together, since chunks of a dataset do not end where these do and are read whole.
  constexpr std::size_t deals = 8, largest_block = 32;
  const std::size_t block =
      std::clamp<std::size_t>(chunks_.size() / (deals * ranks_), 1, largest_block);
  for (std::size_t c = 0; c < chunks_.size(); ++c) {
    const auto tile =
        std::ranges::find_if(tiles_, [&](const Tile& t) { return reaches(chunks_[c], t); });
    const bool is_owned = tile != tiles_.end() && tile->rank != all_ranks;
    teller_.push_back(is_owned ? tile->rank : c / block % ranks_);
    wanted_[c] = teller_[c] == rank_ || reaches_own_sites(chunks_[c]);
  }
}

void OwnSources::want_chosen() {
  for (StoredSources* stored : stored_) {
    std::vector<std::uint32_t> wanted;
    for (std::uint32_t c = 0; c + 1 < stored->chunks().size(); ++c)
      if (wanted_[stored->first_chunk() + c]) wanted.push_back(c);
    stored->want(std::move(wanted));
  }
}

std::vector<std::byte> OwnSources::own_outlines(const Origins& origins, const Job& job) const {
  std::vector<Told> own;
  for (std::uint32_t m = 0; m < origins.size(); ++m)
    for (std::uint32_t i = 0; i < origins[m].size(); ++i) {
      const SourceDescription& origin = *origins[m][i];
      if (std::holds_alternative<DistantDescription>(origin.content) ||
          teller_[origin.chunk] != rank_)
        continue;
      const auto outline = DistantSource::outline_of(*job.source_models[m].sources[i]);
      own.push_back({m, i, origin.chunk, static_cast<std::uint32_t>(outline.family_size),
                     outline.num_ruptures, outline.max_mag, outline.bound.centre.x,
                     outline.bound.centre.y, outline.bound.centre.z, outline.bound.radius_km});
    }
  const auto bytes = std::as_bytes(std::span(own));
  return {bytes.begin(), bytes.end()};
}

bool OwnSources::complete(const Origins& origins, Job& job) {
  std::vector<std::byte> own;
  comm::agree(comm_, [&] { own = own_outlines(origins, job); });
  std::uint64_t missing = 0;
  for (const std::vector<std::byte>& part : comm::all_gather(comm_, own))
    for (std::size_t at = 0; at < part.size(); at += sizeof(Told)) {
      Told told;
      std::memcpy(&told, part.data() + at, sizeof told);
      source::SourcePtr& source = job.source_models[told.model].sources[told.index];
      if (!dynamic_cast<const DistantSource*>(source.get())) continue;
      const BoundingSphere bound{{told.x, told.y, told.z}, told.radius};
      source = std::make_shared<DistantSource>(
          source::SourceInfo{source->id(), source->name(), source->tectonic_region(),
                             source->temporal_model()},
          DistantSource::Outline{told.num_ruptures, told.family_size, told.max_mag, bound});
      if (wanted_[told.chunk] || !reaches_own_sites(bound)) continue;
      wanted_[told.chunk] = true;
      ++missing;
    }
  want_chosen();
  return comm::largest(comm_, missing) == 0;
}

void share_warnings(const comm::Communicator& comm, core::Problems& problems) {
  std::string own;
  for (const core::Problem& warning : problems.warnings()) own += warning.text() + '\0';
  std::set<std::string> known;
  for (const std::vector<std::byte>& part :
       comm::gather(comm, std::as_bytes(std::span(own.data(), own.size())))) {
    std::string_view rest(reinterpret_cast<const char*>(part.data()), part.size());
    const bool is_own = known.empty() && rest == own;
    for (; !rest.empty(); rest.remove_prefix(rest.find('\0') + 1))
      if (known.emplace(rest.substr(0, rest.find('\0'))).second && !is_own)
        problems.warn(std::string(rest.substr(0, rest.find('\0'))), {});
  }
}

}  // namespace shakefield::job
