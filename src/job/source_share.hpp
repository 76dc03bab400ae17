// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model_file.hpp"
#include "shakefield/comm/communicator.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/rupture/surface.hpp"
#include "shakefield/site/tiling.hpp"
#include "source_models.hpp"

namespace shakefield::job {

/// Where all ruptures of a source are, however the logic tree alters it.
struct SourceExtent {
  rupture::BoundingSphere bound;
  bool is_dependent = false;  ///< its group must be treated as a whole
};
/// The extent of what may be anywhere.
rupture::BoundingSphere whole_earth();
/// By path of the NRML file, and number of the source in it.
using SourceExtents = std::map<std::string, std::vector<SourceExtent>>;

/// The extents of the sources of a job that holds them all. A source of no path has the whole
/// Earth. Local.
SourceExtents extents_of(const Job& job, const Origins& origins, const SourceFiles& files);

/// Chooses the sources of a model that a rank reads, so that each source is known to one rank at
/// least. What the others must know of it for sums and draws in the same order, it tells them.
class OwnSources {
 public:
  /// Makes the model's sources want the chunks of this rank (Job::share). Event sets: those that it
  /// draws. Curves: those in reach of its own sites, which are neighbours with about the same work
  /// as those of the others; with few sites a rank, or so many that they are taken in several
  /// rounds, those in reach of any site. Chunks that no site is in reach of are dealt. Local, the
  /// same on all ranks.
  OwnSources(const comm::Communicator& comm, ModelFile& model, Job& job);

  /// Exchanges the outlines of the sources that were made, and puts them into the job. False if a
  /// rank finds sources in reach that it did not want (as parameters changed after the model was
  /// written): they are wanted now, and must be made. Collective.
  bool complete(const Origins& origins, Job& job);

 private:
  struct Tile {
    geo::Vec3 centre;
    double radius_km;
    std::size_t rank;  ///< that owns it, or all_ranks
  };
  static constexpr std::size_t all_ranks = static_cast<std::size_t>(-1);
  std::vector<site::Tile> make_tiles(const Job& job);
  void deal_tiles(Job& job, const std::vector<site::Tile>& tiles);
  void choose_chunks();
  void want_chosen();
  bool reaches(const rupture::BoundingSphere& bound, const Tile& tile) const;
  bool reaches_own_sites(const rupture::BoundingSphere& bound) const;
  std::vector<std::byte> own_outlines(const Origins& origins, const Job& job) const;

  const comm::Communicator& comm_;
  std::size_t rank_, ranks_;
  std::vector<StoredSources*> stored_;
  double reach_km_;
  std::vector<Tile> tiles_;
  std::vector<rupture::BoundingSphere> chunks_;  ///< of all files
  std::vector<std::size_t> teller_;              ///< [chunks] rank that tells of its sources
  std::vector<bool> wanted_;                     ///< [chunks]
};

/// Adds to root's warnings those that only other ranks have. Collective.
void share_warnings(const comm::Communicator& comm, core::Problems& problems);

}  // namespace shakefield::job
