// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/gmm/model.hpp"
#include "shakefield/logictree/sampling.hpp"
#include "shakefield/logictree/source_tree.hpp"

namespace shakefield::logictree {

/// Branches for one tectonic region.
struct GmmBranch {
  std::string id;
  gmm::ModelSpec model;
  double weight = 1;
  std::map<std::string, double> imt_weights = {};  ///< by name of the IMT; others: weight
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
  std::string branch_id;  ///< ids of its branches joined by '~', '.' for dummies
  std::vector<std::string> files;
  std::uint32_t samples = 1;  ///< how many times it was drawn (1 in full enumeration)
  std::uint32_t first_realization = 0;
  std::uint32_t num_realizations = 0;  ///< realizations [first, first + num) take this path
  std::vector<Step> steps = {};        ///< its branches
  double weight = 1;                   ///< product of their weights
  /// Numbers of the groups of sources that make its model, which other paths may share: entries of
  /// Job::source_models, filled by the reader of the job.
  std::vector<std::uint32_t> models = {};
};

/// The product of both trees, enumerated or sampled.
struct FullTree {
  std::vector<std::string> regions;       ///< [T] tectonic regions of the sources, sorted by name
  std::vector<GmmBranchSet> gmm_sets;     ///< [T] branch set of each region
  std::vector<SourcePath> source_paths;   ///< [S] sorted as the peer sorts them
  std::vector<Realization> realizations;  ///< [R]
  /// Names of the IMTs that have weights of their own; none in samples.
  std::set<std::string> weighted_imts = {};
};

/// Weights of the realizations for one intensity measure: where branches have weights for it, their
/// product; else Realization::weight. imt: as core::Imt::name() writes it. [R], sum 1.
std::vector<double> realization_weights(const FullTree& tree, const std::string& imt);

/// Full enumeration (samples = 0) or sampling as the peer draws it (PCG64,
/// docs/definitions/sources.md section 6). `regions`: tectonic regions present in the sources. A
/// scenario has no source branches and the one region "*": it gets one nameless source path.
/// Weights of late_* samples: the product of the branch weights, each sample counted once, divided
/// by the total. Weights by intensity measure hold in full enumeration only. Throws Error{data} for
/// a region without branch set, Error{config}, before any path is made, if there are more than
/// max_paths realizations in full enumeration.
FullTree expand(const SourceModelTree& sources, const GmmTree& gmms,
                std::vector<std::string> regions, std::size_t samples, SamplingMethod method,
                std::uint64_t random_seed, std::size_t max_paths = 15000);

/// The branch set of each region. Throws Error{data} for a region without one.
std::vector<GmmBranchSet> sets_of_regions(const GmmTree& gmms,
                                          const std::vector<std::string>& regions);

/// Letter of branch number i of a set, UTF-8, as the peer writes branch paths: 'A' for the first; i
/// < 183.
std::string branch_letter(std::size_t i);

}  // namespace shakefield::logictree
