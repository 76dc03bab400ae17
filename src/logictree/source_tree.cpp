// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/source_tree.hpp"

#include <fmt/format.h>

#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::logictree {

void SourceModelTree::add(SourceBranchSet set) {
  SHAKEFIELD_EXPECT(!set.branches.empty());
  const auto place = static_cast<std::uint32_t>(places_.size());
  const auto number = static_cast<std::uint16_t>(sets_.size());
  places_.push_back({number, std::vector<std::uint32_t>(set.branches.size(), open)});
  if (set.apply_to_branches.empty())
    for (const Branching& at : level_) below(at) = place;
  else
    hang(place, set.apply_to_branches);

  std::vector<Branching> next;
  for (std::size_t b = 0; b < set.branches.size(); ++b) {
    next.push_back({place, static_cast<std::uint16_t>(b)});
    by_id_.emplace(set.branches[b].id, next.back());
  }
  if (places_.size() > place + 1) next.push_back({place + 1, 0});
  level_ = std::move(next);
  sets_.push_back(std::move(set));
}

/// Hangs a set on the named branches, and a dummy on all others of the level.
void SourceModelTree::hang(std::uint32_t place, const std::vector<std::string>& branch_ids) {
  const auto fail = [](const std::string& message) {
    throw core::Error(core::ErrorKind::data, message);
  };
  for (const std::string& id : branch_ids) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end())
      fail(
          fmt::format("applyToBranches names the branch '{}' (no earlier branch set has it), "
                      "correct it",
                      id));
    std::uint32_t& link = below(found->second);
    if (link != open && places_[link].set != Step::dummy_set)
      fail(
          fmt::format("applyToBranches names the branch '{}' (the branch set '{}' hangs on it "
                      "already), name the branches of that set",
                      id, sets_[places_[link].set].id));
    link = place;
  }
  const std::uint32_t dummy = place + 1;
  for (const Branching& at : level_)
    if (below(at) == open) {
      if (places_.size() == dummy) places_.push_back({Step::dummy_set, {open}});
      below(at) = dummy;
    }
}

double SourceModelTree::num_paths() const {
  if (places_.empty()) return 1;
  std::vector<double> paths(places_.size(), 0);
  for (std::size_t place = places_.size(); place-- > 0;)
    for (const std::uint32_t link : places_[place].below)
      paths[place] += link == open ? 1 : paths[link];
  return paths.front();
}

void SourceModelTree::walk(std::uint32_t place, TreePath& path,
                           std::vector<TreePath>& paths) const {
  if (place == open) {
    paths.push_back(path);
    return;
  }
  const double weight = path.weight;
  const Place& here = places_[place];
  for (std::size_t b = 0; b < here.below.size(); ++b) {
    path.steps.push_back({here.set, static_cast<std::uint16_t>(b)});
    if (!path.steps.back().is_dummy()) path.weight = weight * branch(path.steps.back()).weight;
    walk(here.below[b], path, paths);
    path.steps.pop_back();
  }
  path.weight = weight;
}

std::vector<TreePath> SourceModelTree::enumerate() const {
  std::vector<TreePath> paths;
  TreePath path;
  walk(empty() ? open : 0, path, paths);
  return paths;
}

std::vector<TreePath> SourceModelTree::sample(std::size_t samples, SamplingMethod method,
                                              std::uint64_t seed) const {
  const auto uniforms = sample_matrix(samples, sets_.size(), seed, is_latin(method));
  std::vector<std::vector<double>> weights;
  for (const SourceBranchSet& set : sets_) {
    auto& own = weights.emplace_back();
    for (const SourceBranch& branch : set.branches) own.push_back(branch.weight);
  }
  std::vector<TreePath> paths(samples);
  for (std::size_t i = 0; i < samples; ++i)
    for (std::uint32_t place = empty() ? open : 0; place != open;) {
      const Place& here = places_[place];
      Step step{here.set, 0};
      if (!step.is_dummy()) {
        const double uniform = uniforms[i * sets_.size() + here.set];
        step.branch = static_cast<std::uint16_t>(choose_branch(weights[here.set], uniform, method));
        paths[i].weight *= weights[here.set][step.branch];
      }
      paths[i].steps.push_back(step);
      place = here.below[step.branch];
    }
  return paths;
}

std::string SourceModelTree::path_id(std::span<const Step> steps) const {
  std::string id;
  for (const Step& step : steps) {
    if (&step != steps.data()) id += '~';
    id += step.is_dummy() ? "." : branch(step).id;
  }
  return id;
}

std::vector<std::string> SourceModelTree::files(std::span<const Step> steps) const {
  std::vector<std::string> files;
  for (const Step& step : steps)
    if (!step.is_dummy())
      files.insert(files.end(), branch(step).files.begin(), branch(step).files.end());
  return files;
}

}  // namespace shakefield::logictree
