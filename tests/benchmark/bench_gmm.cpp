// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// Every registered ground-motion model on one tile of sites: with three intensity measure types, as
// most jobs have, and with all that it gives. A value is mean, tau and phi of one type at one site.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "benchmark_program.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::gmm {
namespace {

constexpr std::size_t tile_sites = 256;
constexpr std::size_t few_imts = 3;

/// A rupture of magnitude 6.5 and sites 1 to 300 km from it; every column is filled.
class Scene {
 public:
  explicit Scene(const ModelInfo& model) {
    in_.mag = 6.5;
    in_.rake_deg = 90;
    in_.dip_deg = 45;
    in_.strike_deg = 30;
    in_.ztor_km = model.setting == "slab" ? 50 : 3;
    in_.width_km = 15;
    in_.hypo_depth_km = in_.ztor_km + 7;
    in_.hypo_lon_deg = 142;
    in_.hypo_lat_deg = 38;
    in_.size = tile_sites;
    std::uniform_real_distribution<double> uniform(0, 1);
    for (std::size_t i = 0; i < tile_sites; ++i) {
      const double r_jb = std::exp(uniform(random_) * std::log(300.0));
      r_jb_.push_back(r_jb);
      r_rup_.push_back(std::hypot(r_jb, in_.ztor_km));
      r_x_.push_back(r_jb * (2 * uniform(random_) - 1));
      r_y0_.push_back(r_jb * uniform(random_));
      r_hypo_.push_back(std::hypot(r_jb, in_.hypo_depth_km));
      azimuth_.push_back(360 * uniform(random_));
      vs30_.push_back(180 + 800 * uniform(random_));
      z1pt0_.push_back(20 + 500 * uniform(random_));
      z1pt4_.push_back(50 + 800 * uniform(random_));
      z2pt5_.push_back(0.3 + 3 * uniform(random_));
      flag_.push_back(uniform(random_) < 0.5 ? 0 : 1);
      lon_.push_back(141 + 2 * uniform(random_));
      lat_.push_back(37 + 2 * uniform(random_));
    }
    in_.r_jb = in_.r_epi = r_jb_;
    in_.r_rup = in_.r_volc = r_rup_;
    in_.r_hypo = r_hypo_;
    in_.r_x = in_.xvf = r_x_;
    in_.r_y0 = r_y0_;
    in_.azimuth = azimuth_;
    in_.vs30 = vs30_;
    in_.z1pt0 = z1pt0_;
    in_.z1pt4 = z1pt4_;
    in_.z2pt5 = z2pt5_;
    in_.vs30measured = in_.backarc = in_.region = flag_;
    in_.lon_deg = lon_;
    in_.lat_deg = lat_;
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  const GmmInput& input() const { return in_; }

 private:
  std::mt19937 random_{1};
  std::vector<double> r_jb_, r_rup_, r_x_, r_y0_, r_hypo_, azimuth_, vs30_, z1pt0_, z1pt4_, z2pt5_,
      flag_, lon_, lat_;
  GmmInput in_;
};

bool takes(const ModelInfo& model, const core::Imt& imt) {
  try {
    make_model({model.name, {}}, std::span(&imt, 1));
    return true;
  } catch (const core::Error&) {
    return false;
  }
}

/// What a model gives of PGA, SA(0.3), SA(1.0), then of other periods and kinds.
std::vector<core::Imt> imts_of(const ModelInfo& model) {
  using enum core::ImtKind;
  std::vector<core::Imt> imts = {{pga}, {sa, 0.3}, {sa, 1}};
  for (const double period_s : {0.1, 0.2, 0.5, 2.0, 3.0, 5.0}) imts.push_back({sa, period_s});
  for (const core::ImtKind kind : model.imts)
    if (kind != pga && kind != sa) imts.push_back({kind});
  std::erase_if(imts, [&](const core::Imt& imt) { return !takes(model, imt); });
  return imts;
}

void bench_gmm_evaluate(benchmark::State& state, const ModelInfo& info) {
  const auto sites = static_cast<std::size_t>(state.range(0));
  const auto num_imts = static_cast<std::size_t>(state.range(1));
  std::vector<core::Imt> imts = imts_of(info);
  if (imts.empty()) {
    state.SkipWithError("no intensity measure type to compute");
    return;
  }
  imts.resize(num_imts);
  core::sort_by_period(imts);
  const auto model = make_model({info.name, {}}, imts);
  const Scene scene(info);
  const std::size_t stride = GmmOutput::stride_for(sites);
  std::vector<double> mean(num_imts * stride), sigma(mean), tau(mean), phi(mean);
  for (auto _ : state) {
    model->evaluate(scene.input(), {stride, mean, sigma, tau, phi});
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(sites * num_imts));
}

void register_all() {
  for (const ModelInfo& info : list_models()) {
    const std::size_t all = imts_of(info).size();
    auto* bench =
        benchmark::RegisterBenchmark(("bench_gmm_evaluate/" + info.name).c_str(),
                                     [info](benchmark::State& s) { bench_gmm_evaluate(s, info); });
    bench->ArgNames({"sites", "imts"});
    if (all > few_imts) bench->Args({tile_sites, few_imts});
    bench->Args({tile_sites, static_cast<std::int64_t>(all)});
  }
}

}  // namespace
}  // namespace shakefield::gmm

int main(int argc, char** argv) {
  shakefield::gmm::register_all();
  return shakefield::run_benchmarks(argc, argv);
}
