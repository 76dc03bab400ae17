// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// The three steps of a classical calculation, each alone: contexts (sites in reach, distances and
// moments of four models), probabilities of exceedance of 20 levels of three measures, and the
// combination of columns of rates into curves of realizations and their statistics.
#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include "benchmark_program.hpp"
#include "shakefield/field/context_maker.hpp"
#include "shakefield/gmm/registry.hpp"
#include "shakefield/hazard/curves.hpp"
#include "shakefield/hazard/exceedance.hpp"
#include "shakefield/rupture/planar_surface.hpp"

namespace shakefield::hazard {
namespace {

constexpr std::size_t tile_width = 16, tile_sites = tile_width * tile_width;
constexpr std::size_t num_levels = 20;
constexpr geo::Point centre = {-122, 37.5, 7.5};

std::vector<core::Imt> imts() {
  std::vector<core::Imt> result;
  for (const char* name : {"PGA", "SA(0.2)", "SA(1.0)"}) result.push_back(core::Imt::parse(name));
  return result;
}

/// Sites every 10 km about the rupture.
site::SiteCollection square_of_sites() {
  std::vector<geo::Point> points;
  for (std::size_t row = 0; row < tile_width; ++row)
    for (std::size_t column = 0; column < tile_width; ++column)
      points.push_back({centre.lon_deg - 0.9 + 0.113 * static_cast<double>(column),
                        centre.lat_deg - 0.7 + 0.09 * static_cast<double>(row)});
  site::SiteParameters parameters;
  parameters.vs30.assign(tile_sites, 400);
  parameters.vs30measured.assign(tile_sites, 1);
  parameters.z1pt0.assign(tile_sites, -999);
  parameters.z2pt5.assign(tile_sites, -999);
  return {points, parameters};
}

void bench_hazard_contexts(benchmark::State& state) {
  const site::SiteCollection sites = square_of_sites();
  const std::vector<core::Imt> measures = imts();
  std::vector<std::shared_ptr<const gmm::GroundMotionModel>> models;
  for (const char* name :
       {"AbrahamsonEtAl2014", "BooreEtAl2014", "CampbellBozorgnia2014", "ChiouYoungs2014"})
    models.push_back(gmm::make_model({name, {}}, measures));
  const std::size_t num_models = models.size();
  std::vector<std::size_t> wanted(num_models);
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  field::ContextMaker contexts(sites, site::make_tiles(sites), std::move(models), measures.size(),
                               0);
  rupture::Rupture rupture;
  rupture.mag = 6.5;
  rupture.hypocentre = centre;
  rupture.surface = std::make_shared<rupture::PlanarSurface>(
      rupture::corners_about(centre, 30, 60, 25, 12), 30, 60, 12);
  for (auto _ : state) {
    contexts.turn_to(rupture, 300, {}, wanted);
    for (const std::size_t model : wanted)
      contexts.evaluate(model, [](const field::ContextBlock& block) {
        benchmark::DoNotOptimize(block.mean.data());
        benchmark::ClobberMemory();
      });
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(tile_sites * num_models * measures.size()));
}
BENCHMARK(bench_hazard_contexts);

std::vector<std::vector<double>> levels() {
  std::vector<double> list;
  for (std::size_t l = 0; l < num_levels; ++l)
    list.push_back(0.005 * std::pow(500.0, static_cast<double>(l) / (num_levels - 1)));
  return {imts().size(), list};
}

/// Means of near and far ruptures.
std::vector<double> random_means() {
  std::mt19937_64 random(1);
  std::normal_distribution<double> mean(-3.3, 1.3);
  std::vector<double> means(imts().size() * tile_sites);
  for (double& value : means) value = mean(random);
  return means;
}

/// Argument: truncation.
void bench_hazard_exceedance(benchmark::State& state) {
  const Exceedance exceedance(imts(), levels(), static_cast<double>(state.range(0)));
  const std::vector<double> means = random_means(), sigmas(means.size(), 0.65);
  std::vector<std::uint32_t> own(tile_sites);
  std::iota(own.begin(), own.end(), 0u);
  std::vector<double> sums(tile_sites * exceedance.values());
  for (auto _ : state) {
    exceedance.add({tile_sites, means, sigmas}, own, 1e-3, sums);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(means.size() * num_levels));
}
BENCHMARK(bench_hazard_exceedance)->ArgName("truncation")->Arg(3)->Arg(99);

/// Arguments: realizations, and columns that each adds up out of a hundred.
void bench_hazard_combination(benchmark::State& state) {
  const auto realizations = static_cast<std::size_t>(state.range(0));
  const auto columns_each = static_cast<std::size_t>(state.range(1));
  constexpr std::size_t num_columns = 100, num_imts = 3, level_stride = 24;
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::uint32_t> column(0, num_columns - 1);
  Combination combination;
  for (std::size_t r = 0; r < realizations; ++r) {
    auto& own = combination.columns.emplace_back();
    for (std::size_t c = 0; c < columns_each; ++c) own.push_back(column(random));
  }
  combination.weights.assign(
      num_imts, std::vector<double>(realizations, 1 / static_cast<double>(realizations)));
  using enum Statistic::Kind;
  CurveMaker curves(std::move(combination), {{{mean}, {quantile, 0.15}, {quantile, 0.85}}});
  std::uniform_real_distribution<double> rate(0, 0.1);
  std::vector<double> rates(num_columns * num_imts * level_stride);
  for (double& value : rates) value = rate(random);
  std::vector<float> out(curves.num_kinds() * num_imts * level_stride);
  for (auto _ : state) {
    curves.make(rates, num_imts * level_stride, level_stride, out);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(realizations * num_imts * num_levels));
}
BENCHMARK(bench_hazard_combination)
    ->ArgNames({"realizations", "columns"})
    ->Args({4, 3})
    ->Args({1000, 3})
    ->Args({100000, 3});

}  // namespace
}  // namespace shakefield::hazard

int main(int argc, char** argv) {
  return shakefield::run_benchmarks(argc, argv);
}
