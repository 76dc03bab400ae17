// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/gmm/model.hpp"
#include "shakefield/logictree/sampling.hpp"

namespace shakefield::logictree {

/// One branch of a source-model tree of one branch set.
struct SourceBranch {
  std::string id;
  std::vector<std::string> files;  ///< NRML files, relative to the tree's folder
  double weight = 1;
};

/// A source-model logic tree (this far: one branch set of kind sourceModel).
struct SourceModelTree {
  std::vector<SourceBranch> branches;
};

/// Branches for one tectonic region.
struct GmmBranch {
  std::string id;
  gmm::ModelSpec model;
  double weight = 1;
};
struct GmmBranchSet {
  std::string id;
  std::string tectonic_region;  ///< "*" for scenarios
  std::vector<GmmBranch> branches;
};
struct GmmTree {
  std::vector<GmmBranchSet> sets;  ///< file order
};

/// One end-to-end path.
struct Realization {
  std::uint32_t id = 0;
  std::uint32_t source_path = 0;  ///< number of the source-model path (0 … S-1, in path order)
  std::vector<std::uint16_t>
      gmm_branch;  ///< [T] branch number for each region of FullTree::regions
  double weight = 1;
  std::string branch_path;  ///< as the peer writes it: "A~AB"; scenarios: "[Model]"
};

/// A source-model path that at least one realization takes.
struct SourcePath {
  std::string branch_id;
  std::vector<std::string> files;
  std::uint32_t samples = 1;  ///< how many times it was drawn (1 in full enumeration)
  std::uint32_t first_realization = 0;
  std::uint32_t num_realizations = 0;  ///< realizations [first, first + num) take this path
};

/// The product of both trees, enumerated or sampled.
struct FullTree {
  std::vector<std::string> regions;       ///< [T] tectonic regions of the sources, sorted by name
  std::vector<GmmBranchSet> gmm_sets;     ///< [T] branch set of each region
  std::vector<SourcePath> source_paths;   ///< [S] sorted as the peer sorts them
  std::vector<Realization> realizations;  ///< [R]
};

/// Full enumeration (samples = 0) or sampling as the peer draws it (PCG64,
/// docs/definitions/sources.md section 6). `regions`: tectonic regions present in the sources. A
/// scenario has no source branches and the one region "*": it gets one nameless source path.
/// Weights of late_* samples: the product of the branch weights, each sample counted once, divided
/// by the total. Throws Error{data} for a region without branch set, Error{config} if there are
/// more than max_paths potential realizations in full enumeration.
FullTree expand(const SourceModelTree& sources, const GmmTree& gmms,
                std::vector<std::string> regions, std::size_t samples, SamplingMethod method,
                std::uint64_t random_seed, std::size_t max_paths = 15000);

/// Letter of branch number i of a set, UTF-8, as the peer writes branch paths: 'A' for the first; i
/// < 183.
std::string branch_letter(std::size_t i);

}  // namespace shakefield::logictree
