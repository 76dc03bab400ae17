// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "hazard_tree.hpp"

#include <algorithm>
#include <map>

#include "shakefield/source/gathered_points.hpp"

namespace shakefield::calc {
namespace {

/// Enough that a few sites keep many ranks busy.
constexpr std::size_t most_shares = 64;
constexpr std::size_t ruptures_per_unit = 128;

class TreeMaker {
 public:
  TreeMaker(const job::Job& job, const ModelTable& models) : job_(job), models_(models) {}

  HazardTree make() {
    std::vector<std::vector<std::uint32_t>> paths_of(job_.source_models.size());
    for (std::uint32_t path = 0; path < job_.tree.source_paths.size(); ++path)
      for (const std::uint32_t model : job_.tree.source_paths[path].models)
        paths_of[model].push_back(path);
    for (std::size_t m = 0; m < paths_of.size(); ++m) add_model(job_.source_models[m], paths_of[m]);
    gather();
    for (RateColumns& columns : tree_.columns) {
      columns.first = static_cast<std::uint32_t>(tree_.num_columns);
      tree_.num_columns += columns.models.size();
    }
    combine();
    cut();
    return std::move(tree_);
  }

 private:
  void add_model(const job::SourceModel& model, const std::vector<std::uint32_t>& paths) {
    const std::span<const source::SourcePtr> sources(model.sources);
    const auto add = [&](std::size_t first, std::size_t count, const source::SourceGroup* group) {
      if (count == 0) return;
      HazardItem item{sources.subspan(first, count), group, 0};
      item.columns = columns_of(region_of(*item.sources.front()), paths);
      tree_.items.push_back(item);
    };
    for (const source::SourceGroup& group : model.groups) {
      if (!group.is_plain()) {
        add(group.first, group.last - group.first, &group);
        continue;
      }
      for (std::size_t s = group.first; s < group.last; ++s)
        if (auto points = to_gather(sources[s]))
          points_[columns_of(region_of(*points), paths)].push_back(std::move(points));
        else
          add(s, 1, nullptr);
    }
  }

  /// A source that ps_grid_spacing concerns, or null.
  std::shared_ptr<const source::PointSource> to_gather(const source::SourcePtr& source) const {
    if (job_.parameters.hazard.ps_grid_spacing_km <= 0 ||
        source->temporal_model().kind != source::TemporalModel::Kind::poisson)
      return nullptr;
    return std::dynamic_pointer_cast<const source::PointSource>(source);
  }

  /// Items of the points of the same columns, cell by cell.
  void gather() {
    for (const auto& [columns, points] : points_) {
      const auto& cells = tree_.gathered.emplace_back(
          source::gather_on_grid(points, job_.parameters.hazard.ps_grid_spacing_km));
      for (const source::SourcePtr& cell : cells)
        tree_.items.push_back({std::span(&cell, 1), nullptr, columns});
    }
  }

  std::uint16_t region_of(const source::Source& source) const {
    const auto& regions = job_.tree.regions;
    return static_cast<std::uint16_t>(std::ranges::lower_bound(regions, source.tectonic_region()) -
                                      regions.begin());
  }

  std::uint32_t columns_of(std::uint16_t region, const std::vector<std::uint32_t>& paths) {
    const auto [found, is_new] = columns_by_paths_.try_emplace(
        std::pair(region, paths), static_cast<std::uint32_t>(tree_.columns.size()));
    if (is_new) {
      RateColumns columns{region, 0, {}};
      for (const std::uint32_t path : paths)
        for_each_realization(path, [&](std::uint32_t r) {
          const std::uint16_t model = models_.of[region][r];
          if (std::ranges::find(columns.models, model) == columns.models.end())
            columns.models.push_back(model);
        });
      tree_.columns.push_back(std::move(columns));
    }
    return found->second;
  }

  template <class Visit>
  void for_each_realization(std::uint32_t path, Visit&& visit) const {
    const logictree::SourcePath& p = job_.tree.source_paths[path];
    for (std::uint32_t i = 0; i < p.num_realizations; ++i) visit(p.first_realization + i);
  }

  void combine() {
    tree_.combination.columns.resize(job_.tree.realizations.size());
    for (const core::Imt& imt : job_.parameters.imts)
      tree_.combination.weights.push_back(logictree::realization_weights(job_.tree, imt.name()));
    for (const auto& [key, number] : columns_by_paths_) {
      const RateColumns& columns = tree_.columns[number];
      for (const std::uint32_t path : key.second)
        for_each_realization(path, [&](std::uint32_t r) {
          const auto model = std::ranges::find(columns.models, models_.of[columns.region][r]);
          tree_.combination.columns[r].push_back(
              columns.first + static_cast<std::uint32_t>(model - columns.models.begin()));
        });
    }
    for (std::vector<std::uint32_t>& columns : tree_.combination.columns)
      std::ranges::sort(columns);
  }

  void cut() {
    std::vector<std::size_t> before;  // ruptures in front of each unit
    for (std::uint32_t i = 0; i < tree_.items.size(); ++i) {
      const HazardItem& item = tree_.items[i];
      std::size_t ruptures = 0;
      for (const source::SourcePtr& source : item.sources) ruptures += source->num_ruptures();
      for (std::size_t first = 0; first < ruptures; first = tree_.units.back().last) {
        before.push_back(tree_.num_ruptures);
        tree_.units.push_back({i, first, item.group ? ruptures : end_of_unit(item, first)});
        tree_.num_ruptures += tree_.units.back().last - first;
      }
    }
    const std::size_t shares = std::max<std::size_t>(1, std::min(most_shares, tree_.units.size()));
    for (std::size_t s = 0; s < shares; ++s)
      tree_.share_begin.push_back(static_cast<std::size_t>(
          std::ranges::lower_bound(before, tree_.num_ruptures * s / shares) - before.begin()));
    tree_.share_begin.push_back(tree_.units.size());
  }

  /// Families stay together.
  static std::size_t end_of_unit(const HazardItem& item, std::size_t first) {
    const source::Source& source = *item.sources.front();
    const std::size_t last = std::min(source.num_ruptures(), first + ruptures_per_unit);
    const auto* points = dynamic_cast<const source::PointFamilies*>(&source);
    return points ? points->family(last - 1).last : last;
  }

  const job::Job& job_;
  const ModelTable& models_;
  HazardTree tree_;
  std::map<std::pair<std::uint16_t, std::vector<std::uint32_t>>, std::uint32_t> columns_by_paths_;
  std::map<std::uint32_t, std::vector<std::shared_ptr<const source::PointSource>>>
      points_;  ///< to be gathered, by RateColumns
};

}  // namespace

HazardTree make_hazard_tree(const job::Job& job, const ModelTable& models) {
  return TreeMaker(job, models).make();
}

}  // namespace shakefield::calc
