// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_models.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "shakefield/core/hash.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;
using logictree::Step;

/// Numbers of branch sets, ascending.
using Sets = std::vector<std::uint16_t>;

/// Sources of a file that the same branch sets may alter.
struct Block {
  Sets sets;
  std::vector<const SourceDescription*> sources;
  std::vector<source::SourceGroup> groups;
};

/// Cuts files into blocks, and makes the models of paths from them.
class ModelMaker {
 public:
  ModelMaker(const PlacedSourceTree& tree, const SourceFiles& files, double bin_width,
             std::vector<SourceModel>& models, core::Problems& problems)
      : tree_(tree), bin_width_(bin_width), models_(models), problems_(problems) {
    for (const auto& [name, list] : files) blocks_[name] = cut(list);
  }

  /// Numbers of the models of a path.
  std::vector<std::uint32_t> models(const logictree::SourcePath& path) {
    std::vector<std::uint32_t> numbers;
    for (const std::string& file : path.files)
      for (const Block& block : blocks_.at(file)) numbers.push_back(model(block, path.steps));
    return numbers;
  }
  Origins take_origins() { return std::move(origins_); }

 private:
  Sets sets_that_alter(const SourceDescription& source) const {
    Sets sets;
    for (std::size_t s = 0; s < tree_.sets.size(); ++s)
      if (!tree_.sets[s].changes.empty() && tree_.sets[s].filter.matches(source))
        sets.push_back(static_cast<std::uint16_t>(s));
    return sets;
  }

  static Block& block_of(std::vector<Block>& blocks, const Sets& sets) {
    const auto found = std::ranges::find(blocks, sets, &Block::sets);
    if (found != blocks.end()) return *found;
    return blocks.emplace_back(Block{sets, {}, {}});
  }

  /// Sources that depend on each other stay together, whatever alters them.
  std::vector<Block> cut(const SourceList& list) const {
    std::vector<Block> blocks;
    for (const source::SourceGroup& group : list.groups) {
      Sets of_group;
      if (!group.is_plain())
        for (std::size_t i = group.first; i < group.last; ++i) {
          Sets all;
          std::ranges::set_union(of_group, sets_that_alter(list.sources[i]),
                                 std::back_inserter(all));
          of_group = std::move(all);
        }
      std::map<Sets, std::size_t> begun;  // groups of this group's parts, by block
      for (std::size_t i = group.first; i < group.last; ++i) {
        const Sets sets = group.is_plain() ? sets_that_alter(list.sources[i]) : of_group;
        Block& block = block_of(blocks, sets);
        const auto [part, is_new] = begun.emplace(sets, block.groups.size());
        if (is_new) {
          block.groups.push_back(group);
          block.groups.back().first = block.sources.size();
        }
        block.sources.push_back(&list.sources[i]);
        block.groups[part->second].last = block.sources.size();
      }
    }
    return blocks;
  }

  std::uint32_t model(const Block& block, const std::vector<Step>& path) {
    std::vector<Step> altering;
    std::vector<std::uint16_t> numbers;
    for (const Step& step : path)
      if (!step.is_dummy() && std::ranges::binary_search(block.sets, step.set)) {
        altering.push_back(step);
        numbers.insert(numbers.end(), {step.set, step.branch});
      }
    const auto [made, is_new] = made_.try_emplace({&block, numbers}, 0);
    if (!is_new) return made->second;
    SourceModel model;
    model.groups = block.groups;
    for (const SourceDescription* source : block.sources)
      if (auto altered = make(*source, altering)) model.sources.push_back(std::move(altered));
    made->second = static_cast<std::uint32_t>(models_.size());
    models_.push_back(std::move(model));
    origins_.push_back(block.sources);
    return made->second;
  }

  /// The source after all branches of a path that alter it; nothing if it cannot be made.
  source::SourcePtr make(const SourceDescription& original, const std::vector<Step>& path) {
    const PlacedBranchSet* last = nullptr;
    core::InputPlace place;
    try {
      SourceDescription source = original;
      const bool is_here = !std::holds_alternative<DistantDescription>(source.content);
      for (const Step& step : path) {
        const PlacedBranchSet& set = tree_.sets[step.set];
        if (!is_here || !set.filter.matches(source)) continue;
        last = &set;
        place = set.places[step.branch];
        set.changes[step.branch](source);
      }
      return make_source(source, bin_width_);
    } catch (const core::Error& e) {
      for (const core::Problem& p : e.problems())
        if (last)
          problems_.add(p.kind,
                        fmt::format("{} cannot be used for the source '{}': {}",
                                    last->uncertainty_type, original.info.id, p.message),
                        place);
        else
          problems_.add(p.kind, p.message, p.place);
      return nullptr;
    }
  }

  const PlacedSourceTree& tree_;
  double bin_width_;
  std::vector<SourceModel>& models_;
  Origins origins_;
  core::Problems& problems_;
  std::map<std::string, std::vector<Block>> blocks_;
  /// By block and by the numbers of sets and branches that alter it.
  std::map<std::pair<const Block*, std::vector<std::uint16_t>>, std::uint32_t> made_;
};

/// A source id that a path has from several of its files; empty if there is none.
std::string repeated_id(const logictree::SourcePath& path, const SourceFiles& files) {
  std::set<std::string> ids;
  for (const std::string& file : path.files)
    for (const SourceDescription& source : files.at(file).sources)
      if (!ids.insert(source.info.id).second) return source.info.id;
  return {};
}

/// Files that extendModel adds must bring new sources.
void check_extensions(const PlacedSourceTree& tree, const SourceFiles& files,
                      const std::vector<logictree::SourcePath>& paths, core::Problems& problems) {
  std::set<std::vector<std::string>> seen;
  for (const logictree::SourcePath& path : paths) {
    const auto is_extension = [&](const Step& step) {
      return !step.is_dummy() && tree.sets[step.set].uncertainty_type == "extendModel";
    };
    const auto extension = std::ranges::find_if(path.steps, is_extension);
    if (extension == path.steps.end() || !seen.insert(path.files).second) continue;
    if (const std::string id = repeated_id(path, files); !id.empty())
      problems.add(ErrorKind::data,
                   fmt::format("extendModel adds the source '{}' (the model of path {} has it "
                               "already), rename the source",
                               id, path.branch_id),
                   tree.sets[extension->set].places[extension->branch]);
  }
}

}  // namespace

void check_filters(const PlacedSourceTree& tree, const SourceFiles& files, bool is_whole,
                   core::Problems& problems) {
  std::set<std::string> ids, regions, types;
  for (const auto& [name, list] : files)
    for (const SourceDescription& source : list.sources) {
      ids.insert(source.info.id);
      regions.insert(source.info.tectonic_region);
      types.insert(source.kind);
    }
  for (const PlacedBranchSet& set : tree.sets) {
    const auto add = [&](const std::string& message) {
      problems.add(ErrorKind::data, message, set.place);
    };
    const SourceFilter& filter = set.filter;
    for (const std::string& id : filter.ids)
      if (is_whole && !ids.contains(id))
        add(fmt::format("applyToSources names the source '{}' (no source model has it), correct it",
                        id));
    if (is_whole && !filter.tectonic_region.empty() && !regions.contains(filter.tectonic_region))
      add(
          fmt::format("applyToTectonicRegionType = '{}' is the region of no source (known: {}), "
                      "correct it",
                      filter.tectonic_region, fmt::join(regions, ", ")));
    if (is_whole && !filter.source_type.empty() && !types.contains(filter.source_type + "Source"))
      add(fmt::format("applyToSourceType = '{}' is the type of no source (known: {}), correct it",
                      filter.source_type, fmt::join(types, ", ")));
    if (needs_one_source(set.uncertainty_type) && filter.ids.size() != 1 && ids.size() > 1)
      add(fmt::format("{} is for one source (there are {}), add applyToSources with one id",
                      set.uncertainty_type, ids.size()));
  }
}

Origins make_source_models(const PlacedSourceTree& tree, const SourceFiles& files, double bin_width,
                           Job& job, core::Problems& problems) {
  check_extensions(tree, files, job.tree.source_paths, problems);
  ModelMaker maker(tree, files, bin_width, job.source_models, problems);
  for (logictree::SourcePath& path : job.tree.source_paths) path.models = maker.models(path);
  return maker.take_origins();
}

namespace {

/// Tells the sources of a model of their groups; a group has the key of its first source.
void add_groups(const std::vector<source::SourceGroup>& groups, std::span<PathSource> sources) {
  for (const source::SourceGroup& group : groups)
    for (std::size_t i = group.first; i < group.last && i < sources.size(); ++i)
      sources[i].member = {&group, i - group.first, sources[group.first].key};
}

}  // namespace

std::vector<PathSource> path_sources(const Job& job) {
  std::vector<PathSource> all;
  for (std::uint32_t p = 0; p < job.tree.source_paths.size(); ++p) {
    const logictree::SourcePath& path = job.tree.source_paths[p];
    const std::uint64_t path_key = core::hash_text(path.branch_id);
    std::map<std::string_view, std::uint64_t> ordinal;
    for (const std::uint32_t model : path.models) {
      const std::size_t first = all.size();
      for (const source::SourcePtr& source : job.source_models[model].sources)
        all.push_back({p, model, source.get(),
                       core::combine64(core::combine64(core::hash_text(source->id()), path_key),
                                       ordinal[source->id()]++)});
      add_groups(job.source_models[model].groups, std::span(all).subspan(first));
    }
  }
  return all;
}

}  // namespace shakefield::job
