// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "export_kinds.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

/// What the peer takes as the floor of an IMT for which the job names no minimum_intensity.
constexpr double default_floor = 1e-10;
constexpr std::string_view dropped_path = "/gmf_data/dropped";

/// Weights of events: those of their realizations. Asked in ascending order of events, it keeps one
/// section of /events at a time.
class EventWeights {
 public:
  explicit EventWeights(const Results& results)
      : results_(results),
        num_events_(results.num_rows("/events")),
        weights_(results.realizations().weights) {}

  double of(std::uint64_t event) {
    if (event < first_ || event >= first_ + section_.size()) load(event);
    return section_[event - first_];
  }

  /// Sum over all events.
  double total() {
    double sum = 0;
    for (std::uint64_t first = 0; first < num_events_; first += section_.size()) {
      load(first);
      for (const double weight : section_) sum += weight;
    }
    return sum;
  }

 private:
  void load(std::uint64_t event) {
    constexpr std::uint64_t events_per_section = 1 << 16;
    check(event < num_events_, "the fields have an event that is not one of /events");
    const auto rows = results_.events(event, std::min(events_per_section, num_events_ - event));
    first_ = event;
    section_.clear();
    for (const EventRow& row : rows) {
      check(row.realization < weights_.size(),
            "an event's realization is not one of /realizations");
      section_.push_back(weights_[row.realization]);
    }
  }

  void check(bool condition, std::string_view problem) const {
    core::validate(condition, core::ErrorKind::data,
                   fmt::format("{} (the file is damaged), make it anew", problem),
                   {results_.file().path().string()});
  }

  const Results& results_;
  std::uint64_t num_events_;
  std::vector<double> weights_;  ///< [R]
  std::uint64_t first_ = 0;
  std::vector<double> section_;
};

/// Weighted sums of ln over the values of each site.
struct LnSums {
  LnSums(std::size_t sites, std::size_t imts)
      : num_imts(imts), weight(sites * imts), sum(sites * imts) {}
  void add(std::size_t site, std::size_t imt, double w, double ln_sum, double count) {
    weight[site * num_imts + imt] += w * count;
    sum[site * num_imts + imt] += w * ln_sum;
  }

  std::size_t num_imts;
  std::vector<double> weight;  ///< [N, M] sum of weights
  std::vector<double> sum;     ///< [N, M]
};

LnSums sum_stored(const Results& results, EventWeights& weights, std::size_t num_sites,
                  const std::vector<double>& ln_floors) {
  LnSums sums(num_sites, ln_floors.size());
  results.for_each_block([&](const GmfBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const double w = weights.of(block.event(i));
      for (std::size_t m = 0; m < ln_floors.size(); ++m) {
        const double ln = std::log(static_cast<double>(block.value(i, m)));
        sums.add(block.site(i), m, w, std::max(ln, ln_floors[m]), 1);
      }
    }
  });
  return sums;
}

/// Adds the values that were computed but not stored because they lie below minimum_intensity.
void add_dropped(const Results& results, LnSums& sums) {
  if (!results.has(dropped_path)) {
    core::validate(results.header().minimum_intensity.empty(), core::ErrorKind::data,
                   fmt::format("no true mean can be given (values below minimum_intensity were not "
                               "stored, and the file "
                               "has no {}), export without it",
                               dropped_path),
                   {results.file().path().string()});
    return;
  }
  const std::vector<double> weights = results.realizations().weights;
  std::size_t entry = 0;
  for_each_block(results.file(), dropped_path, [&](const core::Array& block) {
    const auto count = block.column_f64("count"), sum_ln = block.column_f64("sum_ln");
    for (std::size_t i = 0; i < count.size(); ++i, ++entry) {
      const std::size_t imt = entry % sums.num_imts;
      const std::size_t realization = entry / sums.num_imts % weights.size();
      const std::size_t site = entry / (sums.num_imts * weights.size());
      sums.add(site, imt, weights[realization], sum_ln[i], count[i]);
    }
  });
}

/// [M] ln of the floors that the peer lifts values to.
std::vector<double> peer_ln_floors(const Results& results) {
  const std::vector<double>& given = results.header().minimum_intensity;
  const std::size_t num_imts = results.gmf_layout().imts.size();
  const bool none_needed = given.empty() && !results.has(dropped_path);
  core::validate(
      none_needed || given.size() == num_imts, core::ErrorKind::data,
      fmt::format(
          "the root's attribute minimum_intensity has {} values for {} IMTs (the file is damaged), "
          "make it anew",
          given.size(), num_imts),
      {results.file().path().string()});
  std::vector<double> ln_floors(num_imts, std::log(default_floor));
  for (std::size_t m = 0; m < given.size(); ++m)
    ln_floors[m] = std::log(std::max(given[m], default_floor));
  return ln_floors;
}

/// As the peer exports it: every event counts at every site, a value that is missing or below the
/// floor is the floor.
LnSums peer_sums(const Results& results, std::size_t num_sites) {
  const std::vector<double> ln_floors = peer_ln_floors(results);
  EventWeights weights(results);
  const double total = weights.total();
  LnSums sums = sum_stored(results, weights, num_sites, ln_floors);
  for (std::size_t i = 0; i < sums.sum.size(); ++i) {
    sums.sum[i] += (total - sums.weight[i]) * ln_floors[i % sums.num_imts];
    sums.weight[i] = total;
  }
  return sums;
}

/// Over the values that were computed, stored or not: the events in reach of the site.
LnSums true_sums(const Results& results, std::size_t num_sites) {
  EventWeights weights(results);
  const std::vector<double> no_floors(results.gmf_layout().imts.size(),
                                      -std::numeric_limits<double>::infinity());
  LnSums sums = sum_stored(results, weights, num_sites, no_floors);
  add_dropped(results, sums);
  return sums;
}

}  // namespace

void export_avg_gmf(const Results& results, const std::filesystem::path& path,
                    const ExportOptions& options) {
  const SiteTable sites = results.sites();
  const SiteNames names = site_names(sites);
  const std::vector<std::string>& imts = results.gmf_layout().imts;
  const std::size_t num_sites = sites.lon_deg.size();
  const LnSums sums =
      options.true_mean ? true_sums(results, num_sites) : peer_sums(results, num_sites);

  constexpr int digits = 5;
  std::vector<std::string> columns{names.column, "lon", "lat"};
  columns.insert(columns.end(), imts.begin(), imts.end());
  CsvFile csv(path);
  begin_csv(csv, results, columns, options, options.true_mean ? ", kind='true_mean'" : "");
  for (std::size_t site = 0; site < num_sites; ++site) {
    csv.cell(names.cells[site])
        .scientific(sites.lon_deg[site], digits)
        .scientific(sites.lat_deg[site], digits);
    for (std::size_t m = 0; m < imts.size(); ++m) {
      const std::size_t i = site * imts.size() + m;
      csv.scientific(std::exp(sums.sum[i] / sums.weight[i]), digits);  // 0 / 0: no value, NAN
    }
    csv.end_line();
  }
  csv.finish();
}

}  // namespace shakefield::calc
