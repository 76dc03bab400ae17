// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/full_tree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <string_view>

#include "shakefield/core/error.hpp"

namespace shakefield::logictree {
namespace {

using core::ErrorKind;

std::vector<double> weights_of(const auto& branches) {
  std::vector<double> weights;
  for (const auto& branch : branches) weights.push_back(branch.weight);
  return weights;
}

/// One draw of a tree: a branch number in each of its sets, and the product of their weights. A
/// tree of more source branch sets needs no other type.
struct Draw {
  std::vector<std::uint16_t> branches;
  double weight = 1;
};

/// All combinations of branches, the last set fastest. No sets: one empty combination.
std::vector<Draw> enumerate(const std::vector<std::vector<double>>& sets) {
  std::vector<Draw> draws{Draw{}};
  for (const auto& weights : sets) {
    std::vector<Draw> longer;
    for (const Draw& draw : draws)
      for (std::size_t b = 0; b < weights.size(); ++b) {
        longer.push_back(draw);
        longer.back().branches.push_back(static_cast<std::uint16_t>(b));
        longer.back().weight *= weights[b];
      }
    draws = std::move(longer);
  }
  return draws;
}

std::vector<Draw> sample(const std::vector<std::vector<double>>& sets, std::size_t samples,
                         SamplingMethod method, std::uint64_t seed) {
  const auto uniforms = sample_matrix(samples, sets.size(), seed, is_latin(method));
  std::vector<Draw> draws(samples);
  for (std::size_t i = 0; i < samples; ++i)
    for (std::size_t s = 0; s < sets.size(); ++s) {
      const std::size_t b = choose_branch(sets[s], uniforms[i * sets.size() + s], method);
      draws[i].branches.push_back(static_cast<std::uint16_t>(b));
      draws[i].weight *= sets[s][b];
    }
  return draws;
}

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

void check_number_of_paths(std::size_t source_paths, const std::vector<GmmBranchSet>& sets,
                           std::size_t max_paths) {
  double paths = static_cast<double>(source_paths);
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

std::string branch_path(const Draw& source, const Draw& gmm, const FullTree& tree) {
  if (source.branches.empty())
    return scenario_path(tree.gmm_sets.front().branches[gmm.branches.front()].model);
  std::string path;
  for (const auto b : source.branches) path += branch_letter(b);
  path += '~';
  for (const auto b : gmm.branches) path += branch_letter(b);
  return path;
}

}  // namespace

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

  std::vector<std::vector<double>> source_weights, gmm_weights;
  if (!sources.branches.empty()) source_weights.push_back(weights_of(sources.branches));
  for (const GmmBranchSet& set : tree.gmm_sets) gmm_weights.push_back(weights_of(set.branches));
  const auto id_of = [&](const Draw& draw) {
    return draw.branches.empty() ? std::string() : sources.branches[draw.branches.front()].id;
  };
  const auto by_id = [&](const Draw& a, const Draw& b) { return id_of(a) < id_of(b); };

  // Pairs of a source draw and a ground-motion draw, source paths in the order of their ids.
  std::vector<std::pair<Draw, Draw>> paths;
  if (samples == 0) {
    check_number_of_paths(std::max<std::size_t>(1, sources.branches.size()), tree.gmm_sets,
                          max_paths);
    std::vector<Draw> source_draws = enumerate(source_weights);
    std::stable_sort(source_draws.begin(), source_draws.end(), by_id);
    const std::vector<Draw> gmm_draws = enumerate(gmm_weights);
    for (const Draw& s : source_draws)
      for (const Draw& g : gmm_draws) paths.emplace_back(s, g);
  } else {
    // Sampled source paths are sorted, ground-motion paths keep their order, then both are paired:
    // as the peer.
    std::vector<Draw> source_draws = sample(source_weights, samples, method, random_seed);
    std::stable_sort(source_draws.begin(), source_draws.end(), by_id);
    const std::vector<Draw> gmm_draws = sample(gmm_weights, samples, method, random_seed + 1);
    for (std::size_t i = 0; i < samples; ++i) paths.emplace_back(source_draws[i], gmm_draws[i]);
  }

  double total = 0;
  for (const auto& [s, g] : paths) {
    Realization r;
    r.id = static_cast<std::uint32_t>(tree.realizations.size());
    const bool same_as_before =
        !tree.source_paths.empty() && paths[r.id - 1].first.branches == s.branches;
    if (!same_as_before) {
      SourcePath path;
      path.samples = 0;
      path.first_realization = r.id;
      if (!s.branches.empty()) {
        const SourceBranch& branch = sources.branches[s.branches.front()];
        path.branch_id = branch.id;
        path.files = branch.files;
      }
      tree.source_paths.push_back(std::move(path));
    }
    SourcePath& path = tree.source_paths.back();
    ++path.num_realizations;
    path.samples = samples == 0 ? 1 : path.samples + 1;
    r.source_path = static_cast<std::uint32_t>(tree.source_paths.size() - 1);
    r.gmm_branch = g.branches;
    r.weight = samples > 0 && is_early(method) ? 1.0 : s.weight * g.weight;
    r.branch_path = branch_path(s, g, tree);
    total += r.weight;
    tree.realizations.push_back(std::move(r));
  }
  for (Realization& r : tree.realizations) r.weight /= total;
  return tree;
}

}  // namespace shakefield::logictree
