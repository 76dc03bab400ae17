// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "shakefield/logictree/sampling.hpp"

namespace shakefield::logictree {

/// One branch of a source-model tree. What its value does to sources is known to the reader of the
/// job only.
struct SourceBranch {
  std::string id;
  std::vector<std::string>
      files;  ///< of sourceModel and extendModel: relative to the tree's folder
  double weight = 1;
};

/// Branches that exclude each other.
struct SourceBranchSet {
  std::string id;
  std::vector<SourceBranch> branches;          ///< 1 to 183
  std::vector<std::string> apply_to_branches;  ///< ids of earlier branches; empty: all of the level
};

/// A branch on a path, by the numbers of its set and in its set.
struct Step {
  static constexpr std::uint16_t dummy_set = 0xFFFF;
  std::uint16_t set = dummy_set;  ///< dummy_set: nothing is changed at this level
  std::uint16_t branch = 0;

  bool is_dummy() const { return set == dummy_set; }
  friend auto operator<=>(const Step&, const Step&) = default;
};

/// A way from the first level to an end.
struct TreePath {
  std::vector<Step> steps;
  double weight = 1;  ///< product of the weights of its branches
};

/// A source-model logic tree: the ways of hanging branch sets on branches
/// (docs/definitions/sources.md, section 6, "attachment"). A value; local.
class SourceModelTree {
 public:
  /// Adds the next set of the file. Without apply_to_branches it hangs on every branch of the level
  /// before, dummies included; else on the named ones, and the others of that level get a dummy of
  /// weight 1. A dummy behind a named branch is replaced, even levels above. Throws Error{data} if
  /// a named branch does not exist, or if another set hangs on it already.
  void add(SourceBranchSet set);

  const std::vector<SourceBranchSet>& sets() const { return sets_; }
  bool empty() const { return sets_.empty(); }
  /// Number of paths, counted without walking them. 1 for an empty tree.
  double num_paths() const;
  /// All paths, those of the first branch first. An empty tree has one empty path.
  std::vector<TreePath> enumerate() const;
  /// One path a sample; a set reads the column of its number, also behind sets that were passed
  /// over.
  std::vector<TreePath> sample(std::size_t samples, SamplingMethod method,
                               std::uint64_t seed) const;

  const SourceBranch& branch(const Step& step) const {
    return sets_[step.set].branches[step.branch];
  }
  /// Ids of the branches joined by '~', '.' for dummies: the name of a path.
  std::string path_id(std::span<const Step> steps) const;
  /// Files of all branches, in the order of the path.
  std::vector<std::string> files(std::span<const Step> steps) const;

 private:
  /// A set or a dummy in its place: what hangs on its branches has a higher number.
  struct Place {
    std::uint16_t set;                 ///< Step::dummy_set for a dummy, which has one branch
    std::vector<std::uint32_t> below;  ///< [branches] number of a place, or `open`
  };
  static constexpr std::uint32_t open = 0xFFFFFFFF;
  struct Branching {
    std::uint32_t place;
    std::uint16_t branch;
  };

  std::uint32_t& below(const Branching& at) { return places_[at.place].below[at.branch]; }
  void hang(std::uint32_t place, const std::vector<std::string>& branch_ids);
  void walk(std::uint32_t place, TreePath& path, std::vector<TreePath>& paths) const;

  std::vector<SourceBranchSet> sets_;
  std::vector<Place> places_;
  std::map<std::string, Branching> by_id_;
  std::vector<Branching> level_;  ///< the branches that the next set finds open
};

}  // namespace shakefield::logictree
