// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "classical_rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "shakefield/gmm/registry.hpp"
#include "shakefield/hazard/source_group_sums.hpp"
#include "shakefield/source/point_families.hpp"

namespace shakefield::calc {
namespace {

using source::TemporalModel;

using WeightedModels = ClassicalModels::Weighted;

/// Magnitudes reach the models rounded to 3 decimals, as the peer rounds them.
double rounded_mag(double mag) {
  return std::round(mag * 1000) / 1000;
}

double km_between(const geo::Vec3& a, const geo::Vec3& b) {
  return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

hazard::GroupLaw law_of(const source::SourceGroup& group, double time_yr) {
  using enum source::Interdependence;
  return {group.sources == mutually_exclusive, group.ruptures == mutually_exclusive,
          group.probability, group.is_cluster, group.cluster_rate.value_or(0) * time_yr};
}

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
  std::vector<site::Tile> tiles;
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
        tiles(own),
        column_at(tree.columns.size()) {}

  std::size_t column_size() const { return contexts.own_sites().size() * exceedance.values(); }
  std::span<double> column(std::uint32_t columns, std::size_t model) {
    return std::span(share.rates)
        .subspan((column_at[columns] + model) * column_size(), column_size());
  }

  double minimum_magnitude(const std::string& region) const {
    const auto& by_region = parameters.minimum_magnitude;
    const auto found = by_region.find(region);
    return found == by_region.end() ? by_region.at("default") : found->second;
  }

  /// Whether a source may reach any of the own sites.
  bool may_reach(const source::Source& source) const {
    const rupture::BoundingSphere bound = source.bound();
    const double reach = parameters.maximum_distance.largest();
    return std::ranges::any_of(tiles, [&](const site::Tile& tile) {
      return km_between(tile.centre, bound.centre) <=
             tile.radius_km + bound.radius_km + reach + 1e-3;
    });
  }

  /// Turns to a rupture; false if no own site of the zone is in reach.
  bool turn_to(rupture::Rupture& rupture, double reach_km, const field::Zone& zone,
               const RateColumns& columns) {
    if (reach_km <= 0) return false;
    rupture.mag = rounded_mag(rupture.mag);
    wanted.clear();
    for (const std::uint16_t m : columns.models)
      wanted.insert(wanted.end(), models[m].parts.begin(), models[m].parts.end());
    const std::size_t sites = contexts.turn_to(rupture, reach_km, zone, wanted);
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

  /// Probability that a rupture exceeds nothing in the investigation time, given that of one
  /// occurrence.
  double non_exceedance(const source::Source& source, std::size_t index, double rate,
                        double poe) const {
    const std::span<const double> probs_occur = source.probs_occur(index);
    const double none = probs_occur.empty()
                            ? source::non_exceedance(source.temporal_model(), rate,
                                                     parameters.investigation_time_yr, poe)
                            : source::non_exceedance(probs_occur, poe);
    return std::clamp(none, 0.0, 1.0);
  }

  void add_rupture(const source::Source& source, std::size_t index, rupture::Rupture rupture,
                   double reach_km, const field::Zone& zone, const HazardItem& item) {
    const RateColumns& columns = tree.columns[item.columns];
    const double rate = rupture.occurrence_rate;
    if (!turn_to(rupture, reach_km, zone, columns)) return;
    const bool is_poisson = source.temporal_model().kind == TemporalModel::Kind::poisson &&
                            source.probs_occur(index).empty();
    for (std::size_t m = 0; m < columns.models.size(); ++m) {
      const WeightedModels& weighted = models[columns.models[m]];
      const std::span<double> rates = column(item.columns, m);
      if (is_poisson) {
        add(weighted, rate * parameters.investigation_time_yr, rates);
        continue;
      }
      for_each_site(weighted, [&](std::uint32_t own, std::span<const double> site_poes) {
        for (std::size_t v = 0; v < site_poes.size(); ++v)
          if (site_poes[v] > 0)
            rates[own * site_poes.size() + v] -=
                std::log(non_exceedance(source, index, rate, site_poes[v]));
      });
    }
  }

  void add_ruptures(const HazardUnit& unit, const HazardItem& item) {
    const source::Source& source = *item.sources.front();
    if (!may_reach(source)) return;
    const auto* points = dynamic_cast<const source::PointFamilies*>(&source);
    if (points && points->has_means()) return add_families(*points, unit, item);
    const double least = minimum_magnitude(source.tectonic_region());
    for (std::size_t index = unit.first; index < unit.last; ++index) {
      rupture::Rupture rupture = source.rupture(index);
      if (rupture.mag < least) continue;
      double reach = parameters.maximum_distance.km(source.tectonic_region(), rupture.mag);
      if (points) reach = std::nextafter(reach, 0.0);
      add_rupture(source, index, std::move(rupture), reach, {}, item);
    }
  }

  /// The ruptures of each point and magnitude near the point, one rupture of their means beyond
  /// pointsource_distance.
  void add_families(const source::PointFamilies& source, const HazardUnit& unit,
                    const HazardItem& item) {
    const std::string& region = source.tectonic_region();
    const double least = minimum_magnitude(region);
    for (std::size_t first = unit.first, last = first; first < unit.last; first = last) {
      const source::PointFamilies::Family family = source.family(first);
      last = family.last;
      // Sites at the very limit are out of reach of point sources, and of no others: the peer's.
      const double reach = std::nextafter(parameters.maximum_distance.km(region, family.mag), 0.0);
      if (family.mag < least || reach <= 0) continue;
      field::Zone near = near_zone(source, family, reach), far = near;
      std::swap(far.beyond_km, far.within_km);
      if (far.within_km < 0) far.within_km = std::numeric_limits<double>::infinity();
      if (near.within_km >= 0)
        for (std::size_t index = first; index < last; ++index)
          add_rupture(source, index, source.rupture(index), reach, near, item);
      if (far.beyond_km < std::numeric_limits<double>::infinity())
        add_rupture(source, first, source.mean_rupture(first), reach, far, item);
    }
  }

  /// Where all planes and depths count. Up to max_sites_disagg sites are near or far together, by
  /// those that the point can reach at all.
  field::Zone near_zone(const source::PointFamilies& source,
                        const source::PointFamilies::Family& family, double reach) const {
    const job::HazardParameters& h = parameters.hazard;
    field::Zone zone;
    // Of a square of the grid, to its corner: the peer's figure.
    const double half_cell = 0.707 * h.ps_grid_spacing_km;
    zone.centre = geo::to_cartesian(family.point);
    zone.within_km = h.pointsource_distance.km(source.tectonic_region(), family.mag) +
                     std::min(family.radius_km, reach / 2) + half_cell;
    if (job.sites.size() > h.max_sites_disagg) return zone;
    const double widest =
        parameters.maximum_distance.km(source.tectonic_region(), source.max_mag());
    const double limit = std::min(zone.within_km, 1.5 * std::max(widest, reach) + half_cell);
    const bool any_near = std::ranges::any_of(job.sites.points(), [&](const geo::Point& p) {
      return km_between(geo::to_cartesian(p), zone.centre) <= limit;
    });
    zone.within_km = any_near ? std::numeric_limits<double>::infinity() : -1;
    return zone;
  }

  /// A group whose sources or ruptures depend on each other.
  void add_group(const HazardItem& item) {
    if (std::ranges::none_of(item.sources, [&](const auto& s) { return may_reach(*s); })) return;
    const RateColumns& columns = tree.columns[item.columns];
    std::vector<hazard::SourceGroupSums> sums(
        columns.models.size(),
        {law_of(*item.group, parameters.investigation_time_yr), column_size()});
    for (std::size_t s = 0; s < item.sources.size(); ++s) {
      const source::Source& source = *item.sources[s];
      const auto& weights = item.group->source_weights;
      for (auto& sum : sums) sum.begin_source(weights.empty() ? 1 : weights[s]);
      for (std::size_t index = 0; index < source.num_ruptures(); ++index)
        add_to_group(source, index, item, sums);
      for (auto& sum : sums) sum.end_source();
    }
    for (std::size_t m = 0; m < sums.size(); ++m) sums[m].add_rates(column(item.columns, m));
  }

  void add_to_group(const source::Source& source, std::size_t index, const HazardItem& item,
                    std::vector<hazard::SourceGroupSums>& sums) {
    const RateColumns& columns = tree.columns[item.columns];
    rupture::Rupture rupture = source.rupture(index);
    const double rate = rupture.occurrence_rate;
    if (rupture.mag < minimum_magnitude(source.tectonic_region())) return;
    const double reach = parameters.maximum_distance.km(source.tectonic_region(), rupture.mag);
    if (!turn_to(rupture, reach, {}, columns)) return;
    const std::span<const double> weights = source.rupture_weights();
    for (std::size_t m = 0; m < columns.models.size(); ++m)
      for_each_site(models[columns.models[m]], [&](std::uint32_t own, std::span<double> values) {
        for (double& value : values)
          value = item.group->is_cluster ? 1 - value : non_exceedance(source, index, rate, value);
        sums[m].add_rupture(own * values.size(), values, weights.empty() ? 1 : weights[index]);
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
    for (std::size_t u = begin; u < end; ++u) {
      const HazardItem& item = tree.items[tree.units[u].item];
      item.group ? add_group(item) : add_ruptures(tree.units[u], item);
    }
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
