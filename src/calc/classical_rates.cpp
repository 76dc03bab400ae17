// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "classical_rates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rupture_walk.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::calc {
namespace {

using WeightedModels = ClassicalModels::Weighted;

}  // namespace

ClassicalModels::ClassicalModels(const ModelTable& table, std::span<const core::Imt> imts) {
  for (const gmm::ModelSpec& spec : table.models) {
    const std::shared_ptr<const gmm::GroundMotionModel> model = gmm::make_model(spec, imts);
    Weighted& weighted = of.emplace_back();
    const auto add = [&](double weight, std::shared_ptr<const gmm::GroundMotionModel> part) {
      weighted.parts.push_back(all.size());
      weighted.weights.push_back(weight);
      all.push_back(std::move(part));
    };
    for (const gmm::MixturePart& part : model->parts()) add(part.weight, part.model);
    if (model->parts().empty()) add(1, model);
  }
}

struct ClassicalRates::Impl {
  const job::Job& job;
  const job::Parameters& parameters;
  const HazardTree& tree;
  hazard::Exceedance exceedance;
  const std::vector<WeightedModels>& models;
  field::ContextMaker contexts;
  RuptureWalk walk;
  std::uint64_t pairs = 0;

  // Of the share at work.
  ShareRates share;
  std::vector<std::size_t> column_at;  ///< [RateColumns] place in the share's rates

  // Scratch.
  std::vector<std::size_t> wanted;
  std::vector<std::uint32_t> reached, positions;
  std::vector<double> poes;

  Impl(const job::Job& given, const HazardTree& given_tree, const ClassicalModels& given_models,
       const std::vector<site::Tile>& own)
      : job(given),
        parameters(given.parameters),
        tree(given_tree),
        exceedance(parameters.imts, parameters.levels, parameters.truncation_within),
        models(given_models.of),
        contexts(job.sites, own, given_models.all, parameters.imts.size(),
                 parameters.minimum_distance_km),
        walk(given, own),
        column_at(tree.columns.size()) {}

  std::size_t column_size() const { return contexts.own_sites().size() * exceedance.values(); }
  std::span<double> column(std::uint32_t columns, std::size_t model) {
    return std::span(share.rates)
        .subspan((column_at[columns] + model) * column_size(), column_size());
  }

  /// Turns to a rupture; false if no own site of the zone is in reach.
  bool turn_to(const RuptureStep& step, const RateColumns& columns) {
    wanted.clear();
    for (const std::uint16_t m : columns.models)
      wanted.insert(wanted.end(), models[m].parts.begin(), models[m].parts.end());
    const std::size_t sites = contexts.turn_to(step.rupture, step.reach_km, step.zone, wanted);
    pairs += sites;
    return sites > 0;
  }

  /// Adds factor x probability of exceedance to the sums of the own sites in reach.
  void add(const WeightedModels& weighted, double factor, std::span<double> sums) {
    for (std::size_t p = 0; p < weighted.parts.size(); ++p)
      contexts.evaluate(weighted.parts[p], [&](const field::ContextBlock& block) {
        exceedance.add({block.stride, block.mean, block.sigma}, block.own,
                       factor * weighted.weights[p], sums);
      });
  }

  /// Calls take(own site, probabilities [values]) for all sites in reach.
  template <class Take>
  void for_each_site(const WeightedModels& weighted, Take&& take) {
    for (std::size_t p = 0; p < weighted.parts.size(); ++p) {
      reached.clear();
      contexts.evaluate(weighted.parts[p], [&](const field::ContextBlock& block) {
        const std::size_t first = reached.size();
        reached.insert(reached.end(), block.own.begin(), block.own.end());
        positions.resize(reached.size());
        std::iota(positions.begin(), positions.end(), 0u);
        if (poes.size() < reached.size() * exceedance.values())
          poes.resize(reached.size() * exceedance.values());
        if (p == 0)
          std::fill(
              poes.begin() + static_cast<std::ptrdiff_t>(first * exceedance.values()),
              poes.begin() + static_cast<std::ptrdiff_t>(reached.size() * exceedance.values()),
              0.0);
        exceedance.add({block.stride, block.mean, block.sigma}, std::span(positions).subspan(first),
                       weighted.weights[p], poes);
      });
    }
    for (std::size_t i = 0; i < reached.size(); ++i)
      take(reached[i], std::span(poes).subspan(i * exceedance.values(), exceedance.values()));
  }

  void add_rupture(const RuptureStep& step, const HazardItem& item) {
    const RateColumns& columns = tree.columns[item.columns];
    if (!turn_to(step, columns)) return;
    const double time_yr = parameters.investigation_time_yr;
    const bool is_poisson = step.is_poisson();
    for (std::size_t m = 0; m < columns.models.size(); ++m) {
      const WeightedModels& weighted = models[columns.models[m]];
      const std::span<double> rates = column(item.columns, m);
      if (is_poisson) {
        add(weighted, step.rupture.occurrence_rate * time_yr, rates);
        continue;
      }
      for_each_site(weighted, [&](std::uint32_t own, std::span<const double> site_poes) {
        for (std::size_t v = 0; v < site_poes.size(); ++v)
          if (site_poes[v] > 0)
            rates[own * site_poes.size() + v] -=
                std::log(step.non_exceedance(time_yr, site_poes[v]));
      });
    }
  }

  /// A group whose sources or ruptures depend on each other.
  void add_group(const HazardItem& item) {
    if (std::ranges::none_of(item.sources, [&](const auto& s) { return walk.may_reach(*s); }))
      return;
    const RateColumns& columns = tree.columns[item.columns];
    std::vector<hazard::SourceGroupSums> sums(
        columns.models.size(),
        {law_of(*item.group, parameters.investigation_time_yr), column_size()});
    for (std::size_t s = 0; s < item.sources.size(); ++s) {
      const source::Source& source = *item.sources[s];
      const auto& weights = item.group->source_weights;
      for (auto& sum : sums) sum.begin_source(weights.empty() ? 1 : weights[s]);
      walk.visit_member(source, [&](const RuptureStep& step) { add_to_group(step, item, sums); });
      for (auto& sum : sums) sum.end_source();
    }
    for (std::size_t m = 0; m < sums.size(); ++m) sums[m].add_rates(column(item.columns, m));
  }

  void add_to_group(const RuptureStep& step, const HazardItem& item,
                    std::vector<hazard::SourceGroupSums>& sums) {
    const RateColumns& columns = tree.columns[item.columns];
    if (!turn_to(step, columns)) return;
    const std::span<const double> weights = step.source.rupture_weights();
    for (std::size_t m = 0; m < columns.models.size(); ++m)
      for_each_site(models[columns.models[m]], [&](std::uint32_t own, std::span<double> values) {
        for (double& value : values)
          value = item.group->is_cluster
                      ? 1 - value
                      : step.non_exceedance(parameters.investigation_time_yr, value);
        sums[m].add_rupture(own * values.size(), values, weights.empty() ? 1 : weights[step.index]);
      });
  }

  ShareRates compute(std::size_t number) {
    share = {};
    const std::size_t begin = tree.share_begin[number], end = tree.share_begin[number + 1];
    std::vector<bool> has(tree.columns.size(), false);
    for (std::size_t u = begin; u < end; ++u) {
      const std::uint32_t columns = tree.items[tree.units[u].item].columns;
      if (has[columns]) continue;
      has[columns] = true;
      column_at[columns] = share.columns.size();
      for (std::size_t m = 0; m < tree.columns[columns].models.size(); ++m)
        share.columns.push_back(tree.columns[columns].first + static_cast<std::uint32_t>(m));
    }
    share.rates.assign(share.columns.size() * column_size(), 0.0);
    walk.visit_share(
        tree, number,
        [&](const RuptureStep& step, const HazardItem& item) { add_rupture(step, item); },
        [&](const HazardItem& item) { add_group(item); });
    return std::move(share);
  }
};

ClassicalRates::ClassicalRates(const job::Job& job, const HazardTree& tree,
                               const ClassicalModels& models, const std::vector<site::Tile>& own)
    : impl_(std::make_unique<Impl>(job, tree, models, own)) {}
ClassicalRates::~ClassicalRates() = default;

const std::vector<std::uint32_t>& ClassicalRates::own_sites() const {
  return impl_->contexts.own_sites();
}
const hazard::Exceedance& ClassicalRates::exceedance() const {
  return impl_->exceedance;
}
ShareRates ClassicalRates::compute(std::size_t share) {
  return impl_->compute(share);
}
std::uint64_t ClassicalRates::pairs() const {
  return impl_->pairs;
}
const std::vector<field::OutsideCounts>& ClassicalRates::outside() const {
  return impl_->contexts.outside();
}

}  // namespace shakefield::calc
