// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/logictree/full_tree.hpp"
#include "xml.hpp"

namespace shakefield::job {

/// A tree with the place of each branch in the input, for messages.
struct PlacedSourceTree {
  logictree::SourceModelTree tree;
  std::vector<core::InputPlace> places;  ///< [branches]
};
struct PlacedGmmTree {
  logictree::GmmTree tree;
  std::vector<std::vector<core::InputPlace>> places;  ///< [sets][branches]
};

/// Reads a source-model logic tree of one branch set. All problems go to `problems`: wrong weights
/// and ids, and kinds of uncertainty that are not offered (Error{unsupported} naming them).
PlacedSourceTree read_source_tree(const XmlFile& file, core::Problems& problems);
/// Reads a ground-motion logic tree.
PlacedGmmTree read_gmm_tree(const XmlFile& file, core::Problems& problems);

}  // namespace shakefield::job
