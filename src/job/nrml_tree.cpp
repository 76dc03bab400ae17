// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "nrml_geometry.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;
constexpr double weight_tolerance = 1e-7;
constexpr std::size_t most_branches = 183;

/// One logicTreeBranch as it stands in the file.
struct Branch {
  std::string id;
  XmlNode model;  ///< uncertaintyModel
  double weight;
};

/// The branch sets of a tree in file order; a logicTreeBranchingLevel may wrap exactly one.
std::vector<XmlNode> branch_sets(const XmlFile& file) {
  std::vector<XmlNode> sets;
  const XmlNode tree = file.root().child("logicTree");
  for (const XmlNode& node : tree.children()) {
    if (node.name() == "logicTreeBranchSet") sets.push_back(node);
    if (node.name() == "logicTreeBranchingLevel") sets.push_back(node.child("logicTreeBranchSet"));
  }
  if (sets.empty()) tree.fail("the logic tree has no logicTreeBranchSet (it needs one), add it");
  return sets;
}

/// Branches of a set with their weights checked. `ids`: all branch ids of the file so far.
std::vector<Branch> branches_of(const XmlNode& set, std::set<std::string>& ids) {
  std::vector<Branch> branches;
  double sum = 0;
  for (const XmlNode& node : set.children("logicTreeBranch")) {
    const auto weights = node.children("uncertaintyWeight");
    if (weights.empty()) node.fail("the branch has no uncertaintyWeight (it needs one), add it");
    if (weights.size() > 1 || weights.front().find_attribute("imt"))
      weights.back().fail(
          ErrorKind::unsupported,
          "weights by intensity measure type are not offered yet, keep one uncertaintyWeight");
    branches.push_back(
        {node.attribute("branchID"), node.child("uncertaintyModel"), weights.front().number(0, 1)});
    sum += branches.back().weight;
    if (!ids.insert(branches.back().id).second)
      node.fail(fmt::format("branchID '{}' is used twice (ids are unique in a file), rename one",
                            branches.back().id));
  }
  if (branches.empty()) set.fail("the branch set has no logicTreeBranch (it needs one), add it");
  if (branches.size() > most_branches)
    set.fail(fmt::format("the branch set has {} branches (at most {}), split it", branches.size(),
                         most_branches));
  if (std::abs(sum - 1) > weight_tolerance)
    set.fail(fmt::format(
        "the weights of branch set '{}' sum to {:.9g} (1 within 1e-7 is required), correct them",
        set.find_attribute("branchSetID").value_or(""), sum));
  return branches;
}

/// Branch ids of ground-motion trees are unique in their set only: real trees repeat them between
/// regions.
std::vector<Branch> branches_of(const XmlNode& set) {
  std::set<std::string> ids;
  return branches_of(set, ids);
}

void collect(core::Problems& problems, const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& e) {
    problems.add(e);
  }
}

/// An attribute of uncertaintyModel is an argument of the model: a Python literal, else a text.
gmm::Argument to_argument(const std::string& text) {
  try {
    const Value value = parse_literal(text);
    if (value.boolean()) return *value.boolean();
    if (value.number()) return *value.number();
    if (value.text()) return *value.text();
    if (const auto* list = value.list()) {
      std::vector<double> numbers;
      for (const Value& item : *list)
        if (item.number()) numbers.push_back(*item.number());
      if (numbers.size() == list->size()) return numbers;
    }
  } catch (const core::Error&) {
    return text;
  }
  return text;
}

gmm::ModelSpec read_model(const XmlNode& node) {
  return at_place(node, [&] {
    gmm::ModelSpec spec = gmm::ModelSpec::parse(node.text());
    for (const auto& [key, value] : node.attributes()) spec.arguments[key] = to_argument(value);
    return spec;
  });
}

void read_gmm_set(const XmlNode& node, PlacedGmmTree& placed) {
  const std::string type = node.attribute("uncertaintyType");
  if (type != "gmpeModel")
    node.fail(
        fmt::format("uncertaintyType = '{}' does not belong into a ground-motion logic tree "
                    "(gmpeModel does), correct it",
                    type));
  logictree::GmmBranchSet set;
  set.id = node.attribute("branchSetID");
  set.tectonic_region = node.attribute("applyToTectonicRegionType");
  for (const auto& other : placed.tree.sets)
    if (other.tectonic_region == set.tectonic_region)
      node.fail(fmt::format(
          "the tectonic region '{}' has a second branch set (one is expected), remove one",
          set.tectonic_region));
  std::vector<core::InputPlace> places;
  for (const Branch& branch : branches_of(node)) {
    set.branches.push_back({branch.id, read_model(branch.model), branch.weight});
    places.push_back(branch.model.place());
    const auto& model = set.branches.back().model;
    const auto same =
        std::ranges::count_if(set.branches, [&](const auto& b) { return b.model == model; });
    if (same > 1)
      branch.model.fail(fmt::format(
          "the model {} stands twice in its branch set (each may stand once), remove one",
          model.text()));
  }
  placed.tree.sets.push_back(std::move(set));
  placed.places.push_back(std::move(places));
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> list;
  for (std::string_view rest = trimmed(text); !rest.empty();) {
    const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    list.emplace_back(rest.substr(0, end));
    rest = trimmed(rest.substr(end));
  }
  return list;
}

void read_source_model_set(const XmlNode& node, PlacedSourceTree& placed) {
  std::set<std::string> ids;
  std::map<std::string, std::string> seen;
  for (const Branch& branch : branches_of(node, ids)) {
    const auto files = words(branch.model.text());
    if (files.empty())
      branch.model.fail(
          fmt::format("branch '{}' names no source model file, add its path", branch.id));
    for (const std::string& file : files)
      if (file.starts_with('/'))
        branch.model.fail(fmt::format(
            "'{}' is an absolute path (paths are relative to the logic tree), make it relative",
            file));
    if (const auto [first, is_new] = seen.emplace(branch.model.text(), branch.id); !is_new)
      branch.model.fail(fmt::format(
          "branch '{}' has the same files as branch '{}' (branches must differ), remove one",
          branch.id, first->second));
    placed.tree.branches.push_back({branch.id, files, branch.weight});
    placed.places.push_back(branch.model.place());
  }
}

}  // namespace

PlacedSourceTree read_source_tree(const XmlFile& file, core::Problems& problems) {
  PlacedSourceTree placed;
  bool first = true;
  collect(problems, [&] {
    for (const XmlNode& set : branch_sets(file))
      collect(problems, [&] {
        const std::string type = set.attribute("uncertaintyType");
        const bool is_first = std::exchange(first, false);
        if (is_first && type != "sourceModel")
          set.fail(fmt::format(
              "the first branch set is of type '{}' (sourceModel is expected), put it first",
              type));
        if (!is_first)
          set.fail(ErrorKind::unsupported,
                   fmt::format("uncertaintyType = '{}' is not offered yet (this far one branch set "
                               "of type sourceModel), remove the "
                               "branch set",
                               type));
        read_source_model_set(set, placed);
      });
  });
  return placed;
}

PlacedGmmTree read_gmm_tree(const XmlFile& file, core::Problems& problems) {
  PlacedGmmTree placed;
  collect(problems, [&] {
    for (const XmlNode& set : branch_sets(file))
      collect(problems, [&] { read_gmm_set(set, placed); });
  });
  return placed;
}

}  // namespace shakefield::job
