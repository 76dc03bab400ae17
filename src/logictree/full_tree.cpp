// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/full_tree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "shakefield/core/error.hpp"

namespace shakefield::logictree {
namespace {

using core::ErrorKind;

/// One draw of the ground-motion tree: a branch number for each region, and the product of weights.
struct Draw {
  std::vector<std::uint16_t> branches;
  double weight = 1;
};

/// All combinations of branches, the last set fastest.
std::vector<Draw> enumerate(const std::vector<GmmBranchSet>& sets) {
  std::vector<Draw> draws{Draw{}};
  for (const GmmBranchSet& set : sets) {
    std::vector<Draw> longer;
    longer.reserve(draws.size() * set.branches.size());
    for (const Draw& draw : draws)
      for (std::size_t b = 0; b < set.branches.size(); ++b) {
        longer.push_back(draw);
        longer.back().branches.push_back(static_cast<std::uint16_t>(b));
        longer.back().weight *= set.branches[b].weight;
      }
    draws = std::move(longer);
  }
  return draws;
}

std::vector<Draw> sample(const std::vector<GmmBranchSet>& sets, std::size_t samples,
                         SamplingMethod method, std::uint64_t seed) {
  const auto uniforms = sample_matrix(samples, sets.size(), seed, is_latin(method));
  std::vector<Draw> draws(samples);
  for (std::size_t s = 0; s < sets.size(); ++s) {
    std::vector<double> weights;
    for (const GmmBranch& branch : sets[s].branches) weights.push_back(branch.weight);
    for (std::size_t i = 0; i < samples; ++i) {
      const std::size_t b = choose_branch(weights, uniforms[i * sets.size() + s], method);
      draws[i].branches.push_back(static_cast<std::uint16_t>(b));
      draws[i].weight *= weights[b];
    }
  }
  return draws;
}

void check_number_of_paths(double source_paths, const std::vector<GmmBranchSet>& sets,
                           std::size_t max_paths) {
  double paths = source_paths;
  for (const GmmBranchSet& set : sets) paths *= static_cast<double>(set.branches.size());
  core::validate(paths <= static_cast<double>(max_paths), ErrorKind::config,
                 fmt::format("the logic tree has {} paths (max_potential_paths is {}), set "
                             "number_of_logic_tree_samples to "
                             "sample it or raise max_potential_paths",
                             paths, max_paths));
}

std::string scenario_path(const gmm::ModelSpec& model) {
  std::string text = model.text();
  if (!text.starts_with('[')) text = "[" + text + "]";
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// The part of a branch path that the source model makes.
std::string letters(const TreePath& path) {
  std::string text;
  for (const Step& step : path.steps) text += step.is_dummy() ? "." : branch_letter(step.branch);
  return text;
}

/// Source paths in the order of their names, which is that of the peer.
void sort_by_id(std::vector<TreePath>& paths, const SourceModelTree& tree) {
  std::vector<std::pair<std::string, TreePath>> named;
  named.reserve(paths.size());
  for (TreePath& path : paths) named.emplace_back(tree.path_id(path.steps), std::move(path));
  std::ranges::stable_sort(named, {}, &std::pair<std::string, TreePath>::first);
  std::ranges::transform(named, paths.begin(), [](auto& item) { return std::move(item.second); });
}

/// Appends realizations to a tree.
class Builder {
 public:
  Builder(const SourceModelTree& sources, FullTree& tree) : sources_(sources), tree_(tree) {}

  void add(const TreePath& source, const Draw& gmm, bool is_sample, double weight) {
    if (tree_.source_paths.empty() || tree_.source_paths.back().steps != source.steps)
      begin(source);
    SourcePath& path = tree_.source_paths.back();
    ++path.num_realizations;
    path.samples = is_sample ? path.num_realizations : 1;
    Realization& r = tree_.realizations.emplace_back();
    r.id = static_cast<std::uint32_t>(tree_.realizations.size() - 1);
    r.source_path = static_cast<std::uint32_t>(tree_.source_paths.size() - 1);
    r.gmm_branch = gmm.branches;
    r.weight = weight;
    if (source.steps.empty()) {
      r.branch_path = scenario_path(tree_.gmm_sets.front().branches[gmm.branches.front()].model);
    } else {
      r.branch_path = letters_ + '~';
      for (const auto b : gmm.branches) r.branch_path += branch_letter(b);
    }
  }

 private:
  void begin(const TreePath& source) {
    SourcePath path;
    path.branch_id = sources_.path_id(source.steps);
    path.files = sources_.files(source.steps);
    path.first_realization = static_cast<std::uint32_t>(tree_.realizations.size());
    path.steps = source.steps;
    path.weight = source.weight;
    tree_.source_paths.push_back(std::move(path));
    letters_ = letters(source);
  }

  const SourceModelTree& sources_;
  FullTree& tree_;
  std::string letters_;
};

}  // namespace

std::vector<GmmBranchSet> sets_of_regions(const GmmTree& gmms,
                                          const std::vector<std::string>& regions) {
  std::vector<GmmBranchSet> sets;
  for (const std::string& region : regions) {
    const auto found = std::find_if(gmms.sets.begin(), gmms.sets.end(), [&](const GmmBranchSet& s) {
      return s.tectonic_region == region;
    });
    if (found == gmms.sets.end()) {
      std::vector<std::string> known;
      for (const GmmBranchSet& s : gmms.sets) known.push_back(s.tectonic_region);
      throw core::Error(
          ErrorKind::data,
          fmt::format(
              "no ground-motion models for the tectonic region '{}' (the tree has branch sets for: "
              "{}), add a branch set with applyToTectonicRegionType=\"{}\"",
              region, fmt::join(known, ", "), region));
    }
    sets.push_back(*found);
  }
  return sets;
}

std::string branch_letter(std::size_t i) {
  constexpr std::string_view ascii =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}!#$%&'()*+-/0123456789:;<=>?@";
  if (i < ascii.size()) return std::string(1, ascii[i]);
  std::size_t code = 0xA1 + i - ascii.size();
  if (code >= 0xAD) ++code;  // the soft hyphen is no letter
  core::validate(code <= 0xFF, ErrorKind::data,
                 fmt::format("a branch set has more than 183 branches (number {} asked for), split "
                             "it into several sets",
                             i + 1));
  return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
}

FullTree expand(const SourceModelTree& sources, const GmmTree& gmms,
                std::vector<std::string> regions, std::size_t samples, SamplingMethod method,
                std::uint64_t random_seed, std::size_t max_paths) {
  std::sort(regions.begin(), regions.end());
  regions.erase(std::unique(regions.begin(), regions.end()), regions.end());

  FullTree tree;
  tree.regions = std::move(regions);
  tree.gmm_sets = sets_of_regions(gmms, tree.regions);

  Builder builder(sources, tree);
  if (samples == 0) {
    check_number_of_paths(sources.num_paths(), tree.gmm_sets, max_paths);
    for (const GmmBranchSet& set : tree.gmm_sets)
      for (const GmmBranch& branch : set.branches)
        for (const auto& [imt, weight] : branch.imt_weights) tree.weighted_imts.insert(imt);
    std::vector<TreePath> source_paths = sources.enumerate();
    sort_by_id(source_paths, sources);
    const std::vector<Draw> gmm_draws = enumerate(tree.gmm_sets);
    for (const TreePath& s : source_paths)
      for (const Draw& g : gmm_draws) builder.add(s, g, false, s.weight * g.weight);
  } else {
    // Sampled source paths are sorted, ground-motion paths keep their order, then both are paired:
    // as the peer.
    std::vector<TreePath> source_paths = sources.sample(samples, method, random_seed);
    sort_by_id(source_paths, sources);
    const std::vector<Draw> gmm_draws = sample(tree.gmm_sets, samples, method, random_seed + 1);
    for (std::size_t i = 0; i < samples; ++i)
      builder.add(source_paths[i], gmm_draws[i], true,
                  is_early(method) ? 1.0 : source_paths[i].weight * gmm_draws[i].weight);
  }
  double total = 0;
  for (const Realization& r : tree.realizations) total += r.weight;
  for (Realization& r : tree.realizations) r.weight /= total;
  return tree;
}

std::vector<double> realization_weights(const FullTree& tree, const std::string& imt) {
  std::vector<double> weights;
  weights.reserve(tree.realizations.size());
  if (!tree.weighted_imts.contains(imt)) {
    for (const Realization& r : tree.realizations) weights.push_back(r.weight);
    return weights;
  }
  double total = 0;
  for (const Realization& r : tree.realizations) {
    double weight = tree.source_paths[r.source_path].weight;
    for (std::size_t t = 0; t < r.gmm_branch.size(); ++t) {
      const GmmBranch& branch = tree.gmm_sets[t].branches[r.gmm_branch[t]];
      const auto own = branch.imt_weights.find(imt);
      weight *= own == branch.imt_weights.end() ? branch.weight : own->second;
    }
    weights.push_back(weight);
    total += weight;
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

}  // namespace shakefield::logictree
