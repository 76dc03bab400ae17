// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/logictree/full_tree.hpp"
#include "source_changes.hpp"
#include "xml.hpp"

namespace shakefield::job {

/// What a branch set of a source-model tree does, and where it stands.
struct PlacedBranchSet {
  std::string uncertainty_type;
  SourceFilter filter;
  core::InputPlace place;
  std::vector<core::InputPlace> places;  ///< [branches]
  std::vector<SourceChange> changes;  ///< [branches]; empty for sourceModel, extendModel and dummy
};

// Trees with the place of each branch in the input, for messages.
struct PlacedSourceTree {
  logictree::SourceModelTree tree;
  std::vector<PlacedBranchSet> sets;  ///< as the tree's
};
struct PlacedGmmTree {
  logictree::GmmTree tree;
  std::vector<std::vector<core::InputPlace>> places;  ///< [sets][branches]
};

/// Reads a source-model logic tree; `options` serve the geometries in it. All problems go to
/// `problems`: wrong weights, ids and values, unknown kinds of uncertainty. What filters name is
/// checked by check_filters.
PlacedSourceTree read_source_tree(const XmlFile& file, const SourceOptions& options,
                                  core::Problems& problems);
/// The tree of one branch that source_model_file stands for.
PlacedSourceTree make_source_tree(std::vector<std::string> files, const core::InputPlace& place);
/// Reads a ground-motion logic tree.
PlacedGmmTree read_gmm_tree(const XmlFile& file, core::Problems& problems);

}  // namespace shakefield::job
