// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "plan_disagg.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "classical_tiles.hpp"
#include "disagg_results.hpp"
#include "disaggregation.hpp"
#include "spread_order.hpp"
#include "stopwatch.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

/// Bins of all sources at some sites.
struct BinSample {
  double sites = 0;
  double walk_s = 0;      ///< without any site
  double site_s = 0;      ///< of a site
  double bin_bytes = 0;   ///< of a site, in memory
  double file_bytes = 0;  ///< of a site's rows
};

class DisaggPlanner {
 public:
  explicit DisaggPlanner(const job::Job& job)
      : setup_(job), order_(spread_order(setup_.tiles.size())) {}

  /// Levels, indices and edges of coordinates.
  double bytes_per_site() const {
    constexpr double index_row = 24, edge_bytes = 16, level_bytes = 16;
    const double slots = static_cast<double>(setup_.num_slots());
    const auto tables = static_cast<double>(std::ranges::count(setup_.plan.has_table, true));
    return slots *
               (level_bytes + tables * static_cast<double>(setup_.plan.num_kinds()) * index_row) +
           edge_bytes * static_cast<double>(setup_.axes.num_coordinate_bins + 1);
  }

  /// At a tile and at some: the difference is what sites cost. The estimated work of the tiles says
  /// what others cost.
  BinSample sample(double seconds) const {
    const std::vector<double> levels = middle_levels();
    double few_s = 0, many_s = 0;
    const BinSample few = rows_at(some_tiles(1), levels, few_s);
    const double fit = std::clamp(seconds / few_s, 2.0, 4.0);
    const std::vector<site::Tile> tiles = some_tiles(static_cast<std::size_t>(fit));
    BinSample sample = rows_at(tiles, levels, many_s);
    if (sample.sites > few.sites)
      sample.site_s += std::max(0.0, (many_s - few_s) / (sample.sites - few.sites));
    double work = 0;
    for (std::size_t i = 0; i < tiles.size(); ++i) work += setup_.work[order_[i]];
    if (work > 0)
      sample.site_s *= sample.sites / work / static_cast<double>(setup_.job.sites.size());
    sample.walk_s = std::max(0.0, few_s - few.sites * sample.site_s);
    return sample;
  }

 private:
  /// Tiles that are spread over all.
  std::vector<site::Tile> some_tiles(std::size_t most) const {
    std::vector<site::Tile> some;
    for (const std::uint32_t t : order_)
      if (some.size() < most) some.push_back(setup_.tiles[t]);
    return some;
  }

  /// Bins of all sources at these sites, and their rows; `seconds` of the bins.
  BinSample rows_at(const std::vector<site::Tile>& tiles, const std::vector<double>& levels,
                    double& seconds) const {
    const Stopwatch computing;
    DisaggCells cells(setup_, tiles, levels);
    std::vector<SiteCells> sums(cells.own_sites().size(),
                                SiteCells(setup_.num_slots(), setup_.axes.eps.size()));
    for (std::size_t share = 0; share < setup_.tree.num_shares(); ++share) {
      const std::vector<SiteCells> made = cells.compute(share);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i].add(made[i]);
    }
    seconds = computing.seconds();

    const Stopwatch combining;
    const DisaggRowMaker maker(setup_);
    std::vector<std::uint32_t> realizations(setup_.plan.num_realizations);
    std::iota(realizations.begin(), realizations.end(), 0U);
    DisaggRows rows;
    BinSample sample{.sites = static_cast<double>(sums.size())};
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sample.bin_bytes += static_cast<double>(sums[i].bytes()) / sample.sites;
      maker.add(cells.own_sites()[i], sums[i], realizations, rows);
    }
    for (const DisaggRows::Table& table : rows.tables)
      sample.file_bytes += static_cast<double>(table.rows.size()) / sample.sites;
    sample.site_s = combining.seconds() / sample.sites;
    return sample;
  }

  /// [all sites][M * poes]: those of the job, or the middle ones of the curves.
  std::vector<double> middle_levels() const {
    const job::Parameters& p = setup_.job.parameters;
    std::vector<double> levels;
    for (std::size_t site = 0; site < setup_.job.sites.size(); ++site)
      for (std::size_t m = 0; m < p.imts.size(); ++m)
        levels.insert(
            levels.end(), setup_.plan.num_poes,
            p.disagg.levels.empty() ? p.levels[m][p.levels[m].size() / 2] : p.disagg.levels[m]);
    return levels;
  }

  DisaggSetup setup_;
  std::vector<std::uint32_t> order_;
};

}  // namespace

void add_bins(const job::Job& job, const PlanOptions& options, Plan& plan) {
  constexpr double mib = 1048576, group_bytes = 100e3, table_bytes = 700e3;
  const Stopwatch preparing;
  const DisaggPlanner planner(job);
  const double prepare_s = preparing.seconds();
  const auto sites = static_cast<double>(job.sites.size());
  plan.file_bytes += group_bytes + sites * planner.bytes_per_site();
  plan.more_memory_bytes += sites * planner.bytes_per_site();
  const BinSample sample = planner.sample(options.calibration_s);
  plan.file_bytes += num_disagg_tables * table_bytes + sites * sample.file_bytes;
  // The bins of a share, fewer than their sums, stand beside these; root has the rows of all.
  const double own_sites = std::ceil(sites / options.ranks);
  const double round_sites = std::min(own_sites, disagg_bins_bytes / (3 * sample.bin_bytes));
  plan.more_memory_bytes =
      std::max(plan.more_memory_bytes, 8 * mib + 2 * round_sites * sample.bin_bytes +
                                           2 * round_sites * options.ranks * sample.file_bytes);
  const double rounds = 1 + std::ceil(own_sites / round_sites);
  const double bins_s = rounds * options.ranks * sample.walk_s + sites * sample.site_s;
  plan.seconds.prepare += prepare_s;
  plan.seconds.fields += bins_s;
  plan.wall_s += prepare_s + bins_s / options.ranks;
}

}  // namespace shakefield::calc
