// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "disagg_results.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "hazard_results.hpp"
#include "put_bytes.hpp"
#include "shakefield/store/array_blocks.hpp"

namespace shakefield::calc {
namespace {

using core::Scalar;

/// Rates below are left out, as in the peer.
constexpr double least_rate = 1e-12;

/// Places of a key on the axes of its table.
struct Place {
  std::uint16_t region;
  std::uint64_t bins;
};

/// One row of a table; the layouts are those of row_types().
void append_row(std::size_t table, const Place& place, std::size_t eps, double rate,
                std::vector<std::byte>& rows) {
  const auto axis = [&](int bits) { return static_cast<std::uint16_t>(place.bins >> bits); };
  switch (static_cast<DisaggTable>(table)) {
    case DisaggTable::mag_dist_eps:
      for (const std::uint16_t bin :
           {place.region, axis(16), axis(0), static_cast<std::uint16_t>(eps)})
        put(rows, bin);
      break;
    case DisaggTable::mag_lon_lat:
      for (const std::uint16_t bin : {place.region, axis(32), axis(16), axis(0)}) put(rows, bin);
      break;
    case DisaggTable::source:
      put(rows, static_cast<std::uint32_t>(place.bins));
      break;
  }
  put(rows, static_cast<float>(rate));
}

/// ln of the probability at a level, ln(probability) linear in ln(level) as in hazard maps.
double poe_at(std::span<const double> levels, std::span<const float> poes, double level) {
  const auto ln = [&](std::size_t l) { return std::log(std::max(double{poes[l]}, 1e-30)); };
  const auto above =
      static_cast<std::size_t>(std::ranges::lower_bound(levels, level) - levels.begin());
  if (above == 0) return poes[0];
  if (above == levels.size()) return poes[levels.size() - 1];
  const double share =
      std::log(level / levels[above - 1]) / std::log(levels[above] / levels[above - 1]);
  return std::exp(ln(above - 1) + share * (ln(above) - ln(above - 1)));
}

/// Reads rows of /hazard site by site.
class Curves {
 public:
  Curves(const store::File& file, const job::Job& job)
      : file_(file), job_(job), kinds_(curve_kinds(job).names(job.tree.realizations.size())) {}

  void read(std::size_t site) {
    const auto load = [&](const char* path, core::Array& block) {
      if (site % sites_a_block == 0 && store::exists(file_, path))
        block =
            store::read_rows(file_, path, site, std::min(sites_a_block, job_.sites.size() - site));
      return block.size_bytes() == 0 ? std::span<const float>{} : row(block, site);
    };
    curves_ = load("/hazard/curves", curve_block_);
    maps_ = load("/hazard/maps", map_block_);
  }
  std::span<const float> curve(std::size_t kind, std::size_t imt) const {
    const std::size_t levels = job_.parameters.levels.front().size();
    return curves_.subspan((kind * job_.parameters.imts.size() + imt) * levels, levels);
  }
  double map(std::size_t kind, std::size_t imt, std::size_t poe) const {
    const std::size_t poes = job_.parameters.hazard.poes.size();
    return maps_[(kind * job_.parameters.imts.size() + imt) * poes + poe];
  }
  std::size_t kind(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::find(kinds_, name) - kinds_.begin());
  }
  bool has(std::string_view name) const { return kind(name) < kinds_.size(); }

 private:
  static constexpr std::size_t sites_a_block = 64;
  static std::span<const float> row(const core::Array& block, std::size_t site) {
    const auto values = block.values<float>();
    const std::size_t size = values.size() / block.shape().front();
    return values.subspan(site % sites_a_block * size, size);
  }

  const store::File& file_;
  const job::Job& job_;
  std::vector<std::string> kinds_;
  core::Array curve_block_, map_block_;
  std::span<const float> curves_, maps_;
};

/// The realizations whose curves are closest to the mean: least sum of squares of differences of
/// ln(probability) over all levels and measures, probabilities below 1e-12 counting as that.
std::vector<std::uint32_t> closest(const Curves& curves, std::size_t count, const job::Job& job) {
  const std::size_t all = job.tree.realizations.size();
  const std::size_t mean = curves.kind("mean"), first = curves.kind("rlz-000");
  const auto ln = [](float poe) { return std::log(std::max(double{poe}, 1e-12)); };
  std::vector<double> distance(all);
  for (std::size_t r = 0; r < all; ++r)
    for (std::size_t m = 0; m < job.parameters.imts.size(); ++m) {
      const auto a = curves.curve(first + r, m), b = curves.curve(mean, m);
      for (std::size_t l = 0; l < a.size(); ++l)
        distance[r] += (ln(a[l]) - ln(b[l])) * (ln(a[l]) - ln(b[l]));
    }
  std::vector<std::uint32_t> order(all);
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t r) { return distance[r]; });
  order.resize(count);
  return order;
}

}  // namespace

DisaggChoices choose(const store::File& file, const job::Job& job, const DisaggPlan& plan) {
  const job::Parameters& p = job.parameters;
  Curves curves(file, job);
  const std::size_t mean = curves.kind("mean");
  DisaggChoices choices;
  for (std::size_t site = 0; site < job.sites.size(); ++site) {
    curves.read(site);
    for (std::size_t m = 0; m < p.imts.size(); ++m)
      for (std::size_t i = 0; i < plan.num_poes; ++i) {
        const bool by_poes = p.disagg.levels.empty();
        const double level = by_poes ? curves.map(mean, m, i) : p.disagg.levels[m];
        choices.levels.push_back(level);
        choices.poes.push_back(by_poes ? p.hazard.poes[i]
                               : !curves.has("mean")
                                   ? std::nan("")
                                   : poe_at(p.levels[m], curves.curve(mean, m), level));
      }
    std::vector<std::uint32_t> chosen = p.disagg.rlz_index;
    if (chosen.empty() && plan.num_realizations < job.tree.realizations.size() &&
        plan.num_realizations > 0) {
      chosen = closest(curves, plan.num_realizations, job);
    } else if (chosen.empty()) {
      chosen.resize(plan.num_realizations);
      std::iota(chosen.begin(), chosen.end(), 0u);
    }
    choices.realizations.insert(choices.realizations.end(), chosen.begin(), chosen.end());
  }
  return choices;
}

std::vector<std::byte> DisaggRows::pack() const {
  std::vector<std::byte> bytes;
  put_counted(bytes, sites);
  for (const Table& table : tables) {
    put_counted(bytes, table.counts);
    put_counted(bytes, table.rows);
  }
  return bytes;
}

void DisaggRows::unpack(std::span<const std::byte> bytes) {
  bytes = take_counted(bytes, sites);
  for (Table& table : tables) bytes = take_counted(take_counted(bytes, table.counts), table.rows);
}

DisaggRowMaker::DisaggRowMaker(const DisaggSetup& setup)
    : tree_(setup.tree), plan_(setup.plan), num_imts_(setup.job.parameters.imts.size()) {}

std::vector<DisaggRowMaker::Weights> DisaggRowMaker::kinds(
    std::span<const std::uint32_t> realizations) const {
  const std::size_t targets = plan_.region.size();
  const Weights nothing(targets, std::vector<double>(num_imts_, 0.0));
  const Weights all(targets, std::vector<double>(num_imts_, 1.0));
  if (!plan_.by_realization) return {all};
  std::vector<Weights> kinds;
  if (plan_.has_mean) {
    Weights& mean = kinds.emplace_back(nothing);
    for (std::size_t m = 0; m < num_imts_; ++m) {
      const std::vector<double>& weights = tree_.combination.weights[m];
      double total = 0;
      for (const std::uint32_t r : realizations) total += weights[r];
      if (total <= 0) continue;
      for (const std::uint32_t r : realizations)
        for (const std::uint32_t column : tree_.combination.columns[r])
          mean[column][m] += weights[r] / total;
    }
  }
  for (const std::uint32_t r : realizations) {
    Weights& one = kinds.emplace_back(nothing);
    for (const std::uint32_t column : tree_.combination.columns[r]) one[column] = all[column];
  }
  return kinds;
}

void DisaggRowMaker::add_table(std::size_t table, const hazard::SparseBins& bins,
                               const std::vector<Weights>& kinds, DisaggRows::Table& rows) const {
  const bool by_source = static_cast<DisaggTable>(table) == DisaggTable::source;
  const std::vector<std::uint64_t> keys = bins.keys();
  const std::size_t slots = num_imts_ * plan_.num_poes, eps = bins.width() / slots;
  std::vector<hazard::SparseBins> combined(kinds.size(), hazard::SparseBins(bins.width()));
  for (std::size_t k = 0; k < kinds.size(); ++k)
    for (const std::uint64_t packed : keys) {
      const CellKey key = CellKey::of(packed);
      const std::vector<double>& weights = kinds[k][key.target];
      if (std::ranges::all_of(weights, [](double w) { return w == 0; })) continue;
      const std::uint32_t region = by_source ? 0u : plan_.region[key.target];
      const std::span<const double> from = bins.find(packed);
      const std::span<double> to = combined[k].at(CellKey{region, key.place}.packed());
      for (std::size_t v = 0; v < from.size(); ++v)
        to[v] += weights[v / eps / plan_.num_poes] * from[v];
    }
  for (std::size_t s = 0; s < slots; ++s)
    for (const hazard::SparseBins& kind : combined) {
      std::uint64_t count = 0;
      for (const std::uint64_t packed : kind.keys()) {
        const CellKey key = CellKey::of(packed);
        const std::span<const double> values = kind.find(packed);
        for (std::size_t e = 0; e < eps; ++e) {
          if (!(values[s * eps + e] >= least_rate)) continue;
          append_row(table, {static_cast<std::uint16_t>(key.target), key.place}, e,
                     values[s * eps + e], rows.rows);
          ++count;
        }
      }
      rows.counts.push_back(count);
    }
}

void DisaggRowMaker::add(std::uint32_t site, const SiteCells& cells,
                         std::span<const std::uint32_t> realizations, DisaggRows& rows) const {
  rows.sites.push_back(site);
  const std::vector<Weights> weights = kinds(realizations);
  for (std::size_t t = 0; t < num_disagg_tables; ++t)
    if (plan_.has_table[t]) add_table(t, cells.tables[t], weights, rows.tables[t]);
}

}  // namespace shakefield::calc
