// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/realization_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "shakefield/core/error.hpp"

namespace shakefield::logictree {
namespace {

std::size_t longest(const std::vector<std::string>& texts) {
  std::size_t n = 1;
  for (const std::string& t : texts) n = std::max(n, t.size());
  return n;
}

/// A model's text on one line.
std::string model_text(const gmm::ModelSpec& model) {
  std::string text = model.text();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

constexpr std::string_view separator = "; ";

/// Takes the first model off a list of models: the number of the branch that has it.
std::uint16_t take_branch(std::string_view& models, const GmmBranchSet& set) {
  std::vector<std::string> known;
  for (std::size_t b = 0; b < set.branches.size(); ++b) {
    const std::string text = model_text(set.branches[b].model);
    const std::string_view rest =
        models.starts_with(text) ? models.substr(text.size()) : std::string_view("?");
    if (rest.empty() || rest.starts_with(separator)) {
      models = rest.substr(std::min(rest.size(), separator.size()));
      return static_cast<std::uint16_t>(b);
    }
    known.push_back(text);
  }
  throw core::Error(
      core::ErrorKind::config,
      fmt::format("the events have the model {} for the tectonic region '{}' (the ground-motion "
                  "tree has: {}), give the tree that they were made with",
                  models.substr(0, models.find(separator)), set.tectonic_region,
                  fmt::join(known, ", ")));
}

}  // namespace

RealizationTable make_realization_table(const FullTree& tree) {
  RealizationTable table{tree.realizations, {}};
  for (const Realization& r : tree.realizations) {
    std::string models;
    for (std::size_t t = 0; t < r.gmm_branch.size(); ++t) {
      if (t > 0) models += separator;
      models += model_text(tree.gmm_sets[t].branches[r.gmm_branch[t]].model);
    }
    table.models.push_back(std::move(models));
  }
  return table;
}

FullTree restore_tree(const RealizationTable& table, const GmmTree& gmms,
                      std::vector<std::string> regions) {
  FullTree tree;
  tree.regions = std::move(regions);
  tree.gmm_sets = sets_of_regions(gmms, tree.regions);
  tree.realizations = table.realizations;
  for (std::size_t i = 0; i < tree.realizations.size(); ++i) {
    Realization& r = tree.realizations[i];
    std::string_view models = table.models[i];
    r.gmm_branch.clear();
    for (const GmmBranchSet& set : tree.gmm_sets) r.gmm_branch.push_back(take_branch(models, set));
    if (r.source_path >= tree.source_paths.size()) {
      tree.source_paths.resize(r.source_path + 1);
      tree.source_paths.back().first_realization = r.id;
    }
    ++tree.source_paths[r.source_path].num_realizations;
  }
  return tree;
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
