// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "disagg_setup.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "classical_tiles.hpp"
#include "shakefield/core/units.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

using hazard::BinAxis;

/// The peer's degrees a kilometre.
constexpr double degrees_a_km = 0.0089932;

/// Smallest and largest magnitude, to two decimals, of ruptures that count.
std::pair<double, double> magnitudes(const job::Job& job, const HazardTree& tree) {
  const job::Parameters& p = job.parameters;
  double least = std::numeric_limits<double>::infinity(), largest = -least;
  for (const HazardItem& item : tree.items)
    for (const source::SourcePtr& source : item.sources) {
      const std::string& region = source->tectonic_region();
      const auto found = p.minimum_magnitude.find(region);
      const double minimum =
          found == p.minimum_magnitude.end() ? p.minimum_magnitude.at("default") : found->second;
      source->for_each_rate(0, source->num_ruptures(), [&](std::size_t, double mag, double) {
        if (mag < minimum || p.maximum_distance.km(region, mag) <= 0) return;
        const double rounded = std::round(mag * 100) / 100;
        least = std::min(least, rounded);
        largest = std::max(largest, rounded);
      });
    }
  core::validate(least <= largest, core::ErrorKind::data,
                 "no rupture can be disaggregated (all have magnitudes below minimum_magnitude or "
                 "without a maximum_distance), lower minimum_magnitude or raise maximum_distance",
                 {job.path.string()});
  return {least, largest};
}

BinAxis given_or(const job::DisaggParameters& d, const std::string& name, BinAxis::Edge edge,
                 BinAxis::Beyond beyond, const std::function<BinAxis()>& make) {
  const auto found = d.edges.find(name);
  return found == d.edges.end() ? make() : BinAxis(found->second, edge, beyond);
}

std::vector<double> edges_of(const job::DisaggParameters& d, const std::string& name) {
  const auto found = d.edges.find(name);
  return found == d.edges.end() ? std::vector<double>{} : found->second;
}

bool has_output(const job::DisaggParameters& d, std::string_view part) {
  return std::ranges::any_of(
      d.outputs, [&](const std::string& name) { return name.find(part) != std::string::npos; });
}

BinAxis coordinates(const std::vector<double>& given, double centre_deg, double half_extent_deg,
                    std::size_t count) {
  if (!given.empty()) return BinAxis(given, BinAxis::Edge::upper_bin, {false, false});
  return BinAxis::of_coordinates(centre_deg, half_extent_deg, count);
}

/// "src;0" and "src:2" are variants of "src".
std::string base_id(const std::string& id) {
  return id.substr(0, id.find_first_of("!:;."));
}

}  // namespace

BinAxis DisaggAxes::longitudes(const geo::Point& site) const {
  const double shrink = std::max(std::cos(core::to_radians(site.lat_deg)), 1e-6);
  return coordinates(lon_edges, site.lon_deg, std::min(half_extent_deg / shrink, 180.0),
                     num_coordinate_bins);
}

BinAxis DisaggAxes::latitudes(const geo::Point& site) const {
  return coordinates(lat_edges, site.lat_deg, std::min(half_extent_deg, 90.0), num_coordinate_bins);
}

DisaggAxes make_disagg_axes(const job::Job& job, const HazardTree& tree) {
  const job::DisaggParameters& d = job.parameters.disagg;
  const double k = job.parameters.truncation_within;
  const double reach = job.parameters.maximum_distance.largest();
  // Without an output by epsilon one bin holds all, as in the peer.
  const std::size_t num_eps = has_output(d, "Eps") ? d.num_epsilon_bins : 1;
  std::vector<double> eps = edges_of(d, "eps");
  if (eps.empty() || !has_output(d, "Eps")) eps = hazard::EpsilonBins::equal_edges(k, num_eps);
  const auto mag_axis = [&] {
    const auto [least, largest] = magnitudes(job, tree);
    return BinAxis::of_magnitudes(least, largest, d.mag_bin_width);
  };
  DisaggAxes axes{
      given_or(d, "mag", BinAxis::Edge::lower_bin, {true, false}, mag_axis),
      given_or(d, "dist", BinAxis::Edge::upper_bin, {false, false},
               [&] { return BinAxis::of_distances(reach, d.distance_bin_width_km); }),
      {std::move(eps), k,
       d.epsilon_star ? hazard::EpsilonBins::Kind::star : hazard::EpsilonBins::Kind::usual},
      edges_of(d, "lon"),
      edges_of(d, "lat"),
      reach * degrees_a_km};
  // Counted over half the extent, as the peer does: bins are about twice as wide as asked for.
  axes.num_coordinate_bins = static_cast<std::size_t>(
      std::max(std::ceil(axes.half_extent_deg / d.coordinate_bin_width_deg), 1.0));
  return axes;
}

DisaggPlan make_disagg_plan(const job::Job& job, const HazardTree& tree) {
  const job::DisaggParameters& d = job.parameters.disagg;
  const hazard::Combination& combination = tree.combination;
  const std::size_t all = combination.columns.size(), imts = combination.weights.size();
  DisaggPlan plan;
  plan.num_poes = d.levels.empty() ? job.parameters.hazard.poes.size() : 1;
  plan.has_table = {has_output(d, "Mag") || has_output(d, "Dist") || has_output(d, "TRT"),
                    has_output(d, "Lon_Lat"), d.by_source};
  const std::size_t chosen = !d.rlz_index.empty() ? d.rlz_index.size()
                             : d.num_rlzs > 0     ? std::min(d.num_rlzs, all)
                                                  : all;
  plan.has_mean = chosen > 1;
  plan.by_realization = all > 1 && (chosen < all || !d.rlz_index.empty() || d.num_rlzs > 0 ||
                                    job.parameters.hazard.individual_rlzs);
  plan.num_realizations = plan.by_realization || all == 1 ? chosen : 0;

  plan.weights.assign(tree.num_columns, std::vector<double>(imts, plan.by_realization ? 1.0 : 0.0));
  if (!plan.by_realization)
    for (std::size_t r = 0; r < all; ++r)
      for (const std::uint32_t column : combination.columns[r])
        for (std::size_t m = 0; m < imts; ++m) plan.weights[column][m] += combination.weights[m][r];
  std::vector<std::uint16_t> region_of(tree.num_columns);
  for (const RateColumns& columns : tree.columns)
    for (std::size_t m = 0; m < columns.models.size(); ++m)
      region_of[columns.first + m] = columns.region;
  if (plan.by_realization) {
    plan.region = region_of;
  } else {
    plan.region.resize(job.tree.regions.size());
    std::iota(plan.region.begin(), plan.region.end(), std::uint16_t{0});
  }
  plan.target.assign(tree.num_columns, DisaggPlan::none);
  const auto use = [&](std::size_t r) {
    for (const std::uint32_t column : combination.columns[r])
      plan.target[column] = plan.by_realization ? column : region_of[column];
  };
  for (std::size_t r = 0; r < (d.rlz_index.empty() ? all : 0); ++r) use(r);
  for (const std::uint32_t r : d.rlz_index) use(r);

  if (!d.by_source) return plan;
  std::map<std::string, std::uint32_t> numbers;
  for (const HazardItem& item : tree.items)
    for (const source::SourcePtr& source : item.sources) {
      const auto [found, is_new] = numbers.try_emplace(
          base_id(source->id()), static_cast<std::uint32_t>(plan.sources.size()));
      if (is_new) plan.sources.push_back(found->first);
      plan.source_number[source.get()] = found->second;
    }
  return plan;
}

DisaggSetup::DisaggSetup(const job::Job& given)
    : job(given),
      table(model_table(job.tree)),
      models(table, job.parameters.imts),
      tree(make_hazard_tree(job, table)),
      plan(make_disagg_plan(job, tree)),
      axes(make_disagg_axes(job, tree)),
      tiles(site::make_tiles(job.sites, sites_per_disagg_tile)),
      work(estimate_work(tiles, representatives_of(tree), job.parameters.maximum_distance)) {}

}  // namespace shakefield::calc
