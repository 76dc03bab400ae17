// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/realization_table.hpp"

#include <algorithm>

namespace shakefield::logictree {
namespace {

std::size_t longest(const std::vector<std::string>& texts) {
  std::size_t n = 1;
  for (const std::string& t : texts) n = std::max(n, t.size());
  return n;
}

}  // namespace

RealizationTable make_realization_table(const FullTree& tree) {
  RealizationTable table{tree.realizations, {}};
  for (const Realization& r : tree.realizations) {
    std::string models;
    for (std::size_t t = 0; t < r.gmm_branch.size(); ++t) {
      if (!models.empty()) models += "; ";
      models += tree.gmm_sets[t].branches[r.gmm_branch[t]].model.text();
    }
    std::replace(models.begin(), models.end(), '\n', ' ');
    table.models.push_back(std::move(models));
  }
  return table;
}

std::pair<core::Array, core::Attributes> to_hdf5(const RealizationTable& table) {
  std::vector<std::uint32_t> ids, source_paths;
  std::vector<std::string> branch_paths;
  std::vector<double> weights;
  for (const Realization& r : table.realizations) {
    ids.push_back(r.id);
    source_paths.push_back(r.source_path);
    branch_paths.push_back(r.branch_path);
    weights.push_back(r.weight);
  }
  core::RowType type;
  type.add("id", core::Scalar::u32)
      .add("source_path", core::Scalar::u32)
      .add("branch_path", core::Scalar::bytes, "1", longest(branch_paths))
      .add("weight", core::Scalar::f64)
      .add("models", core::Scalar::bytes, "1", longest(table.models));
  core::Array array(type, {table.realizations.size()});
  array.set_column<std::uint32_t>("id", ids);
  array.set_column<std::uint32_t>("source_path", source_paths);
  array.set_column("branch_path", std::span<const std::string>(branch_paths));
  array.set_column<double>("weight", weights);
  array.set_column("models", std::span<const std::string>(table.models));
  return {std::move(array), core::Attributes{{"axes", std::vector<std::string>{"realization"}}}};
}

RealizationTable from_hdf5(const core::Array& array, const core::Attributes&,
                           std::type_identity<RealizationTable>) {
  const auto ids = array.column_i64("id");
  const auto source_paths = array.column_i64("source_path");
  const auto branch_paths = array.column_text("branch_path");
  const auto weights = array.column_f64("weight");
  RealizationTable table;
  table.models = array.column_text("models");
  for (std::size_t i = 0; i < ids.size(); ++i)
    table.realizations.push_back({static_cast<std::uint32_t>(ids[i]),
                                  static_cast<std::uint32_t>(source_paths[i]),
                                  {},
                                  weights[i],
                                  branch_paths[i]});
  return table;
}

}  // namespace shakefield::logictree
