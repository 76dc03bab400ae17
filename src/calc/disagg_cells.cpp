// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "disagg_cells.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "rupture_walk.hpp"

namespace shakefield::calc {
namespace {

/// Exceedance for certain counts as this rate, as in the peer.
constexpr double certain_rate = 100;

constexpr auto by_distance = static_cast<std::size_t>(DisaggTable::mag_dist_eps);
constexpr auto by_place = static_cast<std::size_t>(DisaggTable::mag_lon_lat);
constexpr auto by_source = static_cast<std::size_t>(DisaggTable::source);

/// Bins of one site in one table each; no value: dropped.
using Places = std::array<std::optional<std::uint64_t>, num_disagg_tables>;

}  // namespace

SiteCells::SiteCells(std::size_t slots, std::size_t eps) {
  tables.emplace_back(slots * eps);
  while (tables.size() < num_disagg_tables) tables.emplace_back(slots);
}

void SiteCells::add(const SiteCells& others) {
  for (std::size_t t = 0; t < tables.size(); ++t) tables[t].add(others.tables[t]);
}

std::size_t SiteCells::bytes() const {
  std::size_t bytes = sizeof(*this);
  for (const hazard::SparseBins& table : tables) bytes += table.bytes();
  return bytes;
}

struct DisaggCells::Impl {
  const job::Job& job;
  const HazardTree& tree;
  const DisaggPlan& plan;
  const DisaggAxes& axes;
  const std::vector<ClassicalModels::Weighted>& models;
  field::ContextMaker contexts;
  RuptureWalk walk;
  double time_yr;
  std::size_t slots, eps;
  std::vector<double> levels;             ///< [own][slots] as models give means; NaN: none
  std::vector<hazard::BinAxis> lon, lat;  ///< [own], if a table needs them
  std::vector<SiteCells> cells;           ///< [own] of the share at work
  std::uint64_t pairs = 0;

  // Of the rupture at work, by site in reach.
  std::vector<std::size_t> wanted;
  std::vector<Places> places;
  std::vector<std::uint32_t> reached;  ///< positions among the own sites
  std::vector<double> parts;           ///< [reached][slots][eps] probabilities of exceedance
  std::vector<bool> exceeds;           ///< [reached] whether any part is not 0

  Impl(const DisaggSetup& setup, const std::vector<site::Tile>& own,
       std::span<const double> all_levels)
      : job(setup.job),
        tree(setup.tree),
        plan(setup.plan),
        axes(setup.axes),
        models(setup.models.of),
        contexts(job.sites, own, setup.models.all, job.parameters.imts.size(),
                 job.parameters.minimum_distance_km),
        walk(job, own),
        time_yr(job.parameters.investigation_time_yr),
        slots(setup.num_slots()),
        eps(axes.eps.size()) {
    for (const std::uint32_t id : contexts.own_sites()) {
      for (std::size_t s = 0; s < slots; ++s) {
        const double level = all_levels[id * slots + s];
        const bool is_logarithmic = job.parameters.imts[s / plan.num_poes].is_logarithmic();
        levels.push_back(level <= 0 ? std::nan("") : is_logarithmic ? std::log(level) : level);
      }
      if (!plan.has_table[by_place]) continue;
      lon.push_back(axes.longitudes(job.sites.points()[id]));
      lat.push_back(axes.latitudes(job.sites.points()[id]));
    }
  }

  std::size_t width() const { return slots * eps; }

  /// Turns to a rupture; false if nothing of it counts.
  bool turn_to(const RuptureStep& step, const RateColumns& columns) {
    const auto mag = axes.mag.find(static_cast<float>(step.rupture.mag));
    if (!mag) return false;
    wanted.clear();
    for (std::size_t m = 0; m < columns.models.size(); ++m)
      if (plan.target[columns.first + m] != DisaggPlan::none) {
        const auto& parts_of = models[columns.models[m]].parts;
        wanted.insert(wanted.end(), parts_of.begin(), parts_of.end());
      }
    if (wanted.empty()) return false;
    const std::size_t sites = contexts.turn_to(step.rupture, step.reach_km, step.zone, wanted);
    if (sites == 0) return false;
    pairs += sites;
    const std::span<const double> r_rup = contexts.r_rup_km();
    places.assign(sites, {});
    for (std::size_t i = 0; i < sites; ++i) {
      const auto dist = axes.dist.find(std::max(r_rup[i], job.parameters.minimum_distance_km));
      if (dist) places[i][by_distance] = mag_dist_place(*mag, *dist);
      if (plan.has_table[by_source]) places[i][by_source] = plan.source_number.at(&step.source);
    }
    if (plan.has_table[by_place]) nearest = contexts.nearest_points();
    mag_bin = *mag;
    return true;
  }
  std::vector<geo::Point> nearest;  ///< [in reach] points of the rupture
  std::size_t mag_bin = 0;

  /// Bin of the nearest point of the rupture, once the site is known.
  void place_point(std::size_t i, std::uint32_t own) {
    if (!plan.has_table[by_place]) return;
    const geo::Point site = job.sites.points()[contexts.own_sites()[own]];
    const auto x =
        lon[own].find(site.lon_deg + std::remainder(nearest[i].lon_deg - site.lon_deg, 360));
    const auto y = lat[own].find(nearest[i].lat_deg);
    if (x && y) places[i][by_place] = mag_lon_lat_place(mag_bin, *x, *y);
  }

  /// Fills `reached` and the parts of the probabilities of exceedance by epsilon.
  void evaluate(const ClassicalModels::Weighted& weighted) {
    for (std::size_t p = 0; p < weighted.parts.size(); ++p) {
      reached.clear();
      contexts.evaluate(weighted.parts[p], [&](const field::ContextBlock& block) {
        const std::size_t first = reached.size();
        reached.insert(reached.end(), block.own.begin(), block.own.end());
        if (p == 0) {
          parts.resize(reached.size() * width());
          std::fill(parts.begin() + static_cast<std::ptrdiff_t>(first * width()), parts.end(), 0.0);
          exceeds.resize(reached.size());
          std::fill(exceeds.begin() + static_cast<std::ptrdiff_t>(first), exceeds.end(), false);
        }
        for (std::size_t i = 0; i < block.own.size(); ++i)
          if (add_parts(block, i, weighted.weights[p], first + i)) exceeds[first + i] = true;
      });
    }
  }
  bool add_parts(const field::ContextBlock& block, std::size_t i, double weight, std::size_t at) {
    bool any = false;
    for (std::size_t s = 0; s < slots; ++s) {
      const std::size_t value = s / plan.num_poes * block.stride + i;
      const double above = levels[block.own[i] * slots + s] - block.mean[value];
      if (std::isnan(above)) continue;
      const double z = above == 0 ? 0 : above / block.sigma[value];
      any |= axes.eps.add(z, weight, std::span(parts).subspan(at * width() + s * eps, eps));
    }
    return any;
  }

  /// Calls take(column, own site, places, parts [slots][eps]) for all models and sites in reach
  /// where anything is exceeded.
  template <class Take>
  void for_each_exceedance(const RateColumns& columns, Take&& take) {
    for (std::size_t m = 0; m < columns.models.size(); ++m) {
      const std::uint32_t column = columns.first + static_cast<std::uint32_t>(m);
      if (plan.target[column] == DisaggPlan::none) continue;
      evaluate(models[columns.models[m]]);
      for (std::size_t i = 0; i < reached.size(); ++i) {
        if (!exceeds[i]) continue;
        place_point(i, reached[i]);
        take(column, reached[i], places[i], std::span(parts).subspan(i * width(), width()));
      }
    }
  }

  /// Adds rates [slots][eps] of a column to a bin; the tables without epsilon get their sums.
  void add_rates(std::uint32_t column, std::size_t table, std::uint64_t place,
                 std::span<const double> rates, SiteCells& site) const {
    const CellKey key{plan.target[column], place};
    const std::span<double> to = site.tables[table].at(key.packed());
    for (std::size_t s = 0; s < slots; ++s) {
      const double weight = plan.weights[column][s / plan.num_poes];
      for (std::size_t e = 0; e < eps; ++e)
        to[table == by_distance ? s * eps + e : s] += weight * rates[s * eps + e];
    }
  }

  void add_rupture(const RuptureStep& step, const HazardItem& item) {
    const RateColumns& columns = tree.columns[item.columns];
    if (!turn_to(step, columns)) return;
    const double occurrences = step.rupture.occurrence_rate * time_yr;
    const bool is_poisson = step.is_poisson();
    for_each_exceedance(columns, [&](std::uint32_t column, std::uint32_t own, const Places& at,
                                     std::span<double> values) {
      for (double& value : values)
        value = is_poisson  ? value * occurrences
                : value > 0 ? std::min(-std::log(step.non_exceedance(time_yr, value)), certain_rate)
                            : 0;
      for (std::size_t t = 0; t < num_disagg_tables; ++t)
        if (plan.has_table[t] && at[t]) add_rates(column, t, *at[t], values, cells[own]);
    });
  }

  /// A group whose sources or ruptures depend on each other: each bin by itself is treated as the
  /// group is.
  void add_group(const HazardItem& item) {
    if (std::ranges::none_of(item.sources, [&](const auto& s) { return walk.may_reach(*s); }))
      return;
    const RateColumns& columns = tree.columns[item.columns];
    const hazard::GroupLaw law = law_of(*item.group, time_yr);
    const std::size_t num_models = columns.models.size();
    // [models][own][tables]
    std::vector<hazard::SparseGroupSums> sums(num_models * cells.size() * num_disagg_tables,
                                              {law, width()});
    const auto sums_of = [&](std::size_t model, std::size_t own, std::size_t table) -> auto& {
      return sums[(model * cells.size() + own) * num_disagg_tables + table];
    };
    for (std::size_t s = 0; s < item.sources.size(); ++s) {
      const auto& weights = item.group->source_weights;
      for (auto& sum : sums) sum.begin_source(weights.empty() ? 1 : weights[s]);
      walk.visit_member(*item.sources[s], [&](const RuptureStep& step) {
        if (!turn_to(step, columns)) return;
        const std::span<const double> of_ruptures = step.source.rupture_weights();
        const double weight = of_ruptures.empty() ? 1 : of_ruptures[step.index];
        for_each_exceedance(columns, [&](std::uint32_t column, std::uint32_t own, const Places& at,
                                         std::span<double> values) {
          for (double& value : values)
            value = item.group->is_cluster ? 1 - value : step.non_exceedance(time_yr, value);
          for (std::size_t t = 0; t < num_disagg_tables; ++t)
            if (plan.has_table[t] && at[t])
              sums_of(column - columns.first, own, t).add_rupture(*at[t], values, weight);
        });
      });
      for (auto& sum : sums) sum.end_source();
    }
    for (std::uint32_t m = 0; m < num_models; ++m)
      for (std::size_t own = 0; own < cells.size(); ++own)
        for (std::size_t t = 0; t < num_disagg_tables; ++t)
          sums_of(m, own, t).for_each([&](std::uint64_t place, std::span<double> rates) {
            for (double& rate : rates) rate = std::min(rate, certain_rate);
            add_rates(columns.first + m, t, place, rates, cells[own]);
          });
  }

  std::vector<SiteCells> compute(std::size_t share) {
    cells.assign(contexts.own_sites().size(), {slots, eps});
    walk.visit_share(
        tree, share,
        [&](const RuptureStep& step, const HazardItem& item) { add_rupture(step, item); },
        [&](const HazardItem& item) { add_group(item); });
    return std::move(cells);
  }
};

DisaggCells::DisaggCells(const DisaggSetup& setup, const std::vector<site::Tile>& own,
                         std::span<const double> levels)
    : impl_(std::make_unique<Impl>(setup, own, levels)) {}
DisaggCells::~DisaggCells() = default;
DisaggCells::DisaggCells(DisaggCells&&) noexcept = default;

const std::vector<std::uint32_t>& DisaggCells::own_sites() const {
  return impl_->contexts.own_sites();
}
std::vector<SiteCells> DisaggCells::compute(std::size_t share) {
  return impl_->compute(share);
}
std::uint64_t DisaggCells::pairs() const {
  return impl_->pairs;
}

}  // namespace shakefield::calc
