// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "nrml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "shakefield/core/imt.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;
constexpr double weight_tolerance = 1e-7;
constexpr std::size_t most_branches = 183, most_sets = 10'000;

/// One logicTreeBranch as it stands in the file.
struct Branch {
  std::string id;
  XmlNode model;  ///< uncertaintyModel
  double weight;
  std::map<std::string, double> imt_weights;
};

/// The branch sets of a tree in file order; a logicTreeBranchingLevel may wrap exactly one.
std::vector<XmlNode> branch_sets(const XmlFile& file) {
  std::vector<XmlNode> sets;
  const XmlNode tree = file.root().child("logicTree");
  for (const XmlNode& node : tree.children()) {
    if (node.name() == "logicTreeBranchSet") sets.push_back(node);
    if (node.name() == "logicTreeBranchingLevel") sets.push_back(node.child("logicTreeBranchSet"));
  }
  if (sets.size() > most_sets)
    tree.fail(fmt::format("the logic tree has {} branch sets (at most {}), leave some out",
                          sets.size(), most_sets));
  if (sets.empty()) tree.fail("the logic tree has no logicTreeBranchSet (it needs one), add it");
  return sets;
}

void check_sum(const XmlNode& set, double sum, const std::string& of_what) {
  if (std::abs(sum - 1) > weight_tolerance)
    set.fail(fmt::format(
        "the weights of branch set '{}'{} sum to {:.9g} (1 within 1e-7 is required), correct them",
        set.find_attribute("branchSetID").value_or(""), of_what, sum));
}

/// The weights by intensity measure: those after the first, each with the attribute imt.
std::map<std::string, double> imt_weights_of(const std::vector<XmlNode>& weights) {
  if (weights.front().find_attribute("imt"))
    weights.front().fail(
        "the first uncertaintyWeight has an imt (the first one is for all others), put one without "
        "before it");
  std::map<std::string, double> by_imt;
  for (std::size_t i = 1; i < weights.size(); ++i) {
    const std::string imt =
        at_place(weights[i], [&] { return core::Imt::parse(weights[i].attribute("imt")).name(); });
    if (!by_imt.emplace(imt, weights[i].number(0, 1)).second)
      weights[i].fail(
          fmt::format("{} has two weights in one branch (one is expected), remove one", imt));
  }
  return by_imt;
}

/// Branches of a set with their weights checked. `ids`: all branch ids of the file so far.
std::vector<Branch> branches_of(const XmlNode& set, std::set<std::string>& ids) {
  std::vector<Branch> branches;
  for (const XmlNode& node : set.children("logicTreeBranch")) {
    const auto weights = node.children("uncertaintyWeight");
    if (weights.empty()) node.fail("the branch has no uncertaintyWeight (it needs one), add it");
    branches.push_back({node.attribute("branchID"), node.child("uncertaintyModel"),
                        weights.front().number(0, 1), imt_weights_of(weights)});
    if (!ids.insert(branches.back().id).second)
      node.fail(fmt::format("branchID '{}' is used twice (ids are unique in a file), rename one",
                            branches.back().id));
  }
  if (branches.empty()) set.fail("the branch set has no logicTreeBranch (it needs one), add it");
  if (branches.size() > most_branches)
    set.fail(fmt::format("the branch set has {} branches (at most {}), split it", branches.size(),
                         most_branches));
  double sum = 0;
  std::set<std::string> imts;
  for (const Branch& branch : branches) {
    sum += branch.weight;
    for (const auto& [imt, weight] : branch.imt_weights) imts.insert(imt);
  }
  check_sum(set, sum, "");
  for (const std::string& imt : imts) {
    double sum_of_imt = 0;
    for (const Branch& branch : branches) {
      const auto own = branch.imt_weights.find(imt);
      sum_of_imt += own == branch.imt_weights.end() ? branch.weight : own->second;
    }
    check_sum(set, sum_of_imt, " for " + imt);
  }
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
    set.branches.push_back(
        {branch.id, read_model(branch.model), branch.weight, branch.imt_weights});
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

std::vector<std::string> files_of(const Branch& branch) {
  std::vector<std::string> files = words(branch.model.text());
  if (files.empty())
    branch.model.fail(
        fmt::format("branch '{}' names no source model file, add its path", branch.id));
  for (const std::string& file : files)
    if (file.starts_with('/'))
      branch.model.fail(fmt::format(
          "'{}' is an absolute path (paths are relative to the logic tree), make it relative",
          file));
  return files;
}

/// Two branches of one value would be one branch with the sum of their weights.
void check_values_differ(const std::vector<Branch>& branches) {
  std::map<std::string, std::string> seen;
  for (const Branch& branch : branches) {
    if (!branch.model.children().empty()) continue;
    if (const auto [first, is_new] = seen.emplace(branch.model.text(), branch.id); !is_new)
      branch.model.fail(fmt::format(
          "branch '{}' has the same value as branch '{}' (branches must differ), remove one",
          branch.id, first->second));
  }
}

/// Reads the branch sets of a source-model tree one after the other.
class SourceTreeReader {
 public:
  SourceTreeReader(const SourceOptions& options, core::Problems& problems)
      : options_(options), problems_(problems) {}

  void read(const XmlNode& set) {
    PlacedBranchSet placed;
    placed.uncertainty_type = set.attribute("uncertaintyType");
    placed.place = set.place();
    const std::string before = std::exchange(type_before_, placed.uncertainty_type);
    check_type(set, placed.uncertainty_type, before);
    placed.filter = read_filter(set, placed.uncertainty_type);

    logictree::SourceBranchSet tree_set;
    tree_set.id = set.find_attribute("branchSetID").value_or("");
    if (!tree_set.id.empty() && !set_ids_.insert(tree_set.id).second)
      set.fail(fmt::format("branchSetID '{}' is used twice (ids are unique in a file), rename one",
                           tree_set.id));
    if (const auto names = set.find_attribute("applyToBranches"))
      tree_set.apply_to_branches = words(*names);
    std::erase(tree_set.apply_to_branches, "ALL");
    const auto branches = branches_of(set, branch_ids_);
    check_values_differ(branches);
    const bool has_files =
        placed.uncertainty_type == "sourceModel" || placed.uncertainty_type == "extendModel";
    for (const Branch& branch : branches) {
      if (!branch.imt_weights.empty())
        branch.model.fail(
            "the branch has weights by intensity measure (branches of source models have one "
            "weight for all), keep the first one");
      tree_set.branches.push_back({branch.id, {}, branch.weight});
      if (has_files) tree_set.branches.back().files = files_of(branch);
      placed.places.push_back(branch.model.place());
      if (is_source_change(placed.uncertainty_type))
        placed.changes.push_back(
            read_source_change(placed.uncertainty_type, branch.model, options_, problems_));
    }
    at_place(set, [&] { result_.tree.add(std::move(tree_set)); });
    result_.sets.push_back(std::move(placed));
  }

  PlacedSourceTree result() { return std::move(result_); }

 private:
  /// `before`: type of the set before, empty for the first one.
  static void check_type(const XmlNode& set, const std::string& type, const std::string& before) {
    if (before.empty() && type != "sourceModel")
      set.fail(fmt::format(
          "the first branch set is of type '{}' (sourceModel is expected), put it first", type));
    if (!before.empty() && type == "sourceModel")
      set.fail(
          "a second branch set is of type 'sourceModel' (one is expected, the first), use "
          "extendModel to add files");
    if (type == "extendModel" && before != "sourceModel" && before != "extendModel")
      set.fail(
          "the branch set of type 'extendModel' stands behind one that changes sources (it must "
          "follow sourceModel), move it");
    if (type != "sourceModel" && type != "extendModel" && type != "dummy" &&
        !is_source_change(type))
      set.fail(fmt::format("uncertaintyType = '{}' is unknown, correct it", type));
  }

  static SourceFilter read_filter(const XmlNode& set, const std::string& type) {
    SourceFilter filter;
    int given = 0;
    if (const auto ids = set.find_attribute("applyToSources")) {
      filter.ids = words(*ids);
      ++given;
      if (filter.ids.empty()) set.fail("applyToSources names no source, add ids or remove it");
    }
    if (const auto region = set.find_attribute("applyToTectonicRegionType")) {
      filter.tectonic_region = *region;
      ++given;
    }
    if (const auto source_type = set.find_attribute("applyToSourceType")) {
      filter.source_type = *source_type;
      ++given;
    }
    if (given > 1)
      set.fail(
          "the branch set has several filters (one of applyToSources, applyToTectonicRegionType "
          "and applyToSourceType is allowed), keep one");
    if (given > 0 && !is_source_change(type))
      set.fail(
          fmt::format("a branch set of type '{}' has a filter of sources (it changes none), "
                      "remove it",
                      type));
    return filter;
  }

  const SourceOptions& options_;
  core::Problems& problems_;
  PlacedSourceTree result_;
  std::set<std::string> branch_ids_, set_ids_;
  std::string type_before_;
};

}  // namespace

PlacedSourceTree read_source_tree(const XmlFile& file, const SourceOptions& options,
                                  core::Problems& problems) {
  SourceTreeReader reader(options, problems);
  // Behind a set that cannot be read, the branches that it would have had are missing: the rest is
  // not told.
  collect(problems, [&] {
    for (const XmlNode& set : branch_sets(file)) reader.read(set);
  });
  return reader.result();
}

PlacedSourceTree make_source_tree(std::vector<std::string> files, const core::InputPlace& place) {
  PlacedSourceTree placed;
  placed.tree.add({"", {{"br0", std::move(files), 1.0}}, {}});
  placed.sets.push_back({"sourceModel", {}, place, {place}, {}});
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
