// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "shakefield/core/array.hpp"
#include "shakefield/logictree/full_tree.hpp"

namespace shakefield::logictree {

/// What the file keeps of the realizations: one row each.
struct RealizationTable {
  std::vector<Realization> realizations;  ///< [R]; gmm_branch is not stored and empty after reading
  std::vector<std::string> models;  ///< [R] texts of the models of all regions, joined by "; "
};

/// The table of a tree.
RealizationTable make_realization_table(const FullTree& tree);

/// The tree that a table was made of: its realizations with their ids, weights and paths; the
/// models are those branches of `gmms` that have the texts of the table. `regions`: sorted by name,
/// in the order of these texts. Weights by intensity measure are not kept. Throws Error{config} if
/// a model is none of the branches of its region, Error{data} for a region without branch set.
FullTree restore_tree(const RealizationTable& table, const GmmTree& gmms,
                      std::vector<std::string> regions);

// Serialization protocol: see shakefield/store/protocol.hpp. Columns: id u32, source_path u32,
// branch_path bytes, weight f64, models bytes. Reading throws Error{data} if a column is missing.
std::pair<core::Array, core::Attributes> to_hdf5(const RealizationTable& table);
RealizationTable from_hdf5(const core::Array& array, const core::Attributes& attributes,
                           std::type_identity<RealizationTable>);

}  // namespace shakefield::logictree
