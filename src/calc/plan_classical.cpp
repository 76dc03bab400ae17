// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "plan_classical.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "classical_rates.hpp"
#include "classical_tiles.hpp"
#include "hazard_results.hpp"
#include "plan_calibration.hpp"
#include "plan_disagg.hpp"
#include "rate_sums.hpp"
#include "shakefield/logictree/realization_table.hpp"
#include "spread_order.hpp"
#include "stopwatch.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

constexpr double mib = 1048576;

/// Seconds and pairs of sampled shares.
class Regression {
 public:
  /// ruptures: share of all of them; pairs: of these and the sites of the sample.
  void add(double ruptures, double pairs, double seconds) {
    rr_ += ruptures * ruptures;
    rp_ += ruptures * pairs;
    pp_ += pairs * pairs;
    rs_ += ruptures * seconds;
    ps_ += pairs * seconds;
  }
  /// Seconds of all ruptures without sites, and of a pair, by least squares; neither below 0.
  std::pair<double, double> solve() const {
    const double determinant = rr_ * pp_ - rp_ * rp_;
    const double rupture_s = determinant > 0 ? (rs_ * pp_ - ps_ * rp_) / determinant : 0;
    const double pair_s = determinant > 0 ? (ps_ * rr_ - rs_ * rp_) / determinant : 0;
    if (pair_s <= 0) return {rr_ > 0 ? rs_ / rr_ : 0, 0};
    if (rupture_s <= 0) return {0, pp_ > 0 ? ps_ / pp_ : 0};
    return {rupture_s, pair_s};
  }

 private:
  double rr_ = 0, rp_ = 0, pp_ = 0, rs_ = 0, ps_ = 0;
};

class ClassicalPlanner {
 public:
  ClassicalPlanner(const job::Job& job, const PlanOptions& options)
      : job_(job),
        options_(options),
        table_(model_table(job.tree)),
        models_(table_, job.parameters.imts),
        tree_(make_hazard_tree(job, table_)),
        exceedance_(job.parameters.imts, job.parameters.levels, job.parameters.truncation_within) {
    plan_.ruptures = static_cast<double>(tree_.num_ruptures);
  }

  Plan make() {
    const job::Parameters& p = job_.parameters;
    HazardRowMaker rows(job_, tree_.combination, exceedance_.stride());
    const auto sites = static_cast<double>(job_.sites.size());
    const double ranks = options_.ranks;
    const double result_bytes = sites * static_cast<double>(rows.bytes_per_site());
    constexpr double header_bytes = 60e3, site_bytes = 72;
    double spectra = 0;
    if (p.hazard.uniform_hazard_spectra)
      spectra =
          static_cast<double>(p.hazard.poes.size()) / static_cast<double>(p.levels.front().size());
    const auto realizations = static_cast<double>(
        to_hdf5(logictree::make_realization_table(job_.tree)).first.size_bytes());
    plan_.file_bytes =
        header_bytes + realizations + sites * site_bytes + result_bytes * (1 + spectra);

    // Sums and a share of them; rows of the own sites, once more as bytes; on root those of all.
    const double own_sites = std::ceil(sites / ranks);
    const double sums = 2 * own_sites * sizeof(double) * static_cast<double>(exceedance_.values()) *
                        static_cast<double>(tree_.num_columns);
    const double round_sums = std::min(sums, usual_sums_mib * mib);
    const double round_rows = std::min(result_bytes, largest_round_bytes);
    constexpr double realization_bytes = 8 * sizeof(double) + 16 + 8;  // levels at a time, sorted
    plan_.more_memory_bytes =
        8 * mib + 2 * realizations + round_sums + (2 + 2 / ranks) * round_rows + sites * 150 +
        static_cast<double>(job_.tree.realizations.size()) *
            (realization_bytes +
             sizeof(std::uint32_t) * static_cast<double>(job_.tree.regions.size()) +
             sizeof(double) * static_cast<double>(p.imts.size()));
    num_rounds_ =
        std::max({1.0, sums / (usual_sums_mib * mib), result_bytes / largest_round_bytes});
    if (options_.calibration_s > 0) calibrate(rows);
    return plan_;
  }

 private:
  /// Computes rates of some shares at some tiles: few and many in turn, more while time allows.
  void calibrate(HazardRowMaker& rows) {
    constexpr std::size_t num_representatives = 2000, fewest_samples = 8, first_tiles = 8;
    const Stopwatch preparing;
    const auto ranks = static_cast<std::size_t>(options_.ranks);
    const std::vector<site::Tile> tiles = classical_tiles(job_, ranks);
    const auto representatives = representatives_of(tree_, num_representatives);
    plan_.seconds.prepare += preparing.seconds();

    const std::size_t num_shares = tree_.num_shares();
    const auto tile_order = spread_order(tiles.size()), share_order = spread_order(num_shares);
    Regression regression;
    double pairs = 0, rough_pairs = 0, curves_s = 0, curve_sites = 0;
    std::size_t many = std::min(tiles.size(), first_tiles), next_tile = 0;
    const Stopwatch sampling;
    for (std::size_t i = 0; i < 2 * num_shares; ++i) {
      if (i >= fewest_samples && sampling.seconds() > options_.calibration_s) break;
      const bool is_large = i % 2 == 0;
      const std::size_t share = share_order[i / 2];
      std::vector<site::Tile> own;
      for (std::size_t t = 0; t < (is_large ? many : 1); ++t)
        own.push_back(tiles[tile_order[next_tile++ % tiles.size()]]);
      ClassicalRates rates(job_, tree_, models_, own);
      RateSums sums(rates.own_sites(), tree_.num_columns, exceedance_.values());
      const Stopwatch computing;
      sums.add(rates.compute(share));
      const double seconds = computing.seconds();
      regression.add(1 / static_cast<double>(num_shares), static_cast<double>(rates.pairs()),
                     seconds);
      pairs += static_cast<double>(rates.pairs());
      rough_pairs += rough(own, std::span(representatives)
                                    .subspan(share * num_representatives / num_shares,
                                             num_representatives / num_shares));
      if (!is_large) continue;
      const std::size_t few = std::min<std::size_t>(sums.sites().size(), 4);
      HazardRows made;
      const Stopwatch combining;
      for (std::size_t s = 0; s < few; ++s)
        rows.add(sums.sites()[s], sums.of_site(s), sums.column_stride(), made);
      curves_s += combining.seconds();
      curve_sites += static_cast<double>(few);
      if (seconds < options_.calibration_s / 16) many = std::min(2 * many, tiles.size());
    }
    // Bounding spheres say roughly how many pairs there are; the sample, how many of these are.
    if (rough_pairs > 0)
      plan_.pairs =
          pairs / rough_pairs * rough(tiles, representatives) * static_cast<double>(num_shares);
    const auto [walk_s, pair_s] = regression.solve();
    plan_.seconds.fields =
        num_rounds_ * walk_s * options_.ranks + plan_.pairs * pair_s +
        static_cast<double>(job_.sites.size()) * curves_s / std::max(curve_sites, 1.0);
    plan_.seconds.prepare += measure_beginning(job_, options_.output);
    constexpr double written_bytes_s = 500e6;
    plan_.seconds.write = plan_.file_bytes / written_bytes_s;
    plan_.wall_s =
        plan_.seconds.prepare + plan_.seconds.fields / options_.ranks + plan_.seconds.write;
  }

  /// Sites in reach of representatives, on average.
  double rough(const std::vector<site::Tile>& tiles,
               std::span<const RuptureEvents> representatives) const {
    double sites = 0;
    for (const RuptureEvents& r : representatives)
      sites += sites_in_reach(tiles, r.rupture, job_.parameters.maximum_distance);
    return sites / std::max<double>(1, static_cast<double>(representatives.size()));
  }

  const job::Job& job_;
  const PlanOptions& options_;
  ModelTable table_;
  ClassicalModels models_;
  HazardTree tree_;
  hazard::Exceedance exceedance_;
  double num_rounds_ = 1;
  Plan plan_;
};

}  // namespace

Plan plan_classical(const job::Job& job, const PlanOptions& options) {
  const Stopwatch preparing;
  ClassicalPlanner planner(job, options);
  const double prepare_s = preparing.seconds();
  Plan plan = planner.make();
  if (options.calibration_s > 0) {
    plan.seconds.prepare += prepare_s;
    plan.wall_s += prepare_s;
    if (job.parameters.mode == job::Mode::disaggregation) add_bins(job, options, plan);
  }
  return plan;
}

}  // namespace shakefield::calc
