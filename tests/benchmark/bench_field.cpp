// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// The kernel of fields against its own ceiling, in one program. `roofline` is the fused loop of
// Philox, normal, exponential and store, and nothing else; `rows` is what FieldMaker runs once mean
// and sd are known: residuals, moments, exponential, packed rows in memory. The product's aim is
// rows >= 60 % of roofline.
#include <benchmark/benchmark.h>

#include <numeric>
#include <random>
#include <vector>

#include "benchmark_program.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/field/row_maker.hpp"
#include "simd_math.hpp"

namespace shakefield::field {
namespace {

namespace hn = simd::hn;

constexpr std::uint32_t num_events = 8;
constexpr std::size_t num_imts = 3;

/// Columns of N sites (a multiple of 16) with plausible moments.
struct Scene {
  std::size_t n;
  std::vector<std::uint32_t> id, key_lo, key_hi;
  std::vector<float> mean, tau, phi;

  explicit Scene(std::size_t n_) : n(n_), id(n_) {
    std::iota(id.begin(), id.end(), 0u);
    for (std::size_t i = 0; i < n; ++i) {
      key_lo.push_back(static_cast<std::uint32_t>(core::mix64(i + 1)));
      key_hi.push_back(static_cast<std::uint32_t>(core::mix64(i + 1) >> 32));
    }
    std::mt19937 random(1);
    std::uniform_real_distribution<float> ln(-4, 0);
    for (std::size_t i = 0; i < n * num_imts; ++i) {
      mean.push_back(ln(random));
      tau.push_back(0.35f);
      phi.push_back(0.6f);
    }
  }
};

FieldOptions options() {
  FieldOptions o;
  for (const char* name : {"PGA", "SA(0.3)", "SA(1.0)"}) o.imts.push_back(core::Imt::parse(name));
  return o;
}

void count_values(benchmark::State& state, std::size_t values_per_iteration) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values_per_iteration));
}

void bench_field_roofline(benchmark::State& state) {
  const Scene scene(static_cast<std::size_t>(state.range(0)));
  std::vector<float> out(scene.n * num_imts * num_events);
  std::uint64_t event = 0;
  for (auto _ : state) {
    float* at = out.data();
    for (std::size_t block = 0; block < num_events / samples_per_block * num_imts;
         ++block, ++event) {
      const simd::Philox philox({1, 2}, event);
      const simd::NormalFromWords normal(3, 2 * normal_cdf(-3));
      for (std::size_t i = 0; i < scene.n; i += simd::lanes) {
        const auto word = philox(hn::LoadU(simd::words, &scene.key_lo[i]),
                                 hn::LoadU(simd::words, &scene.key_hi[i]));
        for (std::size_t w = 0; w < samples_per_block; ++w)
          hn::StoreU(simd::exponential(normal(word[w])), simd::floats, at + w * scene.n + i);
      }
      at += samples_per_block * scene.n;
    }
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  count_values(state, out.size());
}

void run_rows(benchmark::State& state, const FieldOptions& o) {
  const Scene scene(static_cast<std::size_t>(state.range(0)));
  RowMaker maker(o, scene.n);
  std::vector<std::byte> rows;
  std::uint64_t rupture = 0;
  std::size_t kept = 0;
  for (auto _ : state) {
    rows.clear();
    maker.start(++rupture, {scene.n, scene.id, scene.id, scene.key_lo, scene.key_hi}, num_events);
    for (std::uint32_t sample = 0; sample < num_events; ++sample)
      kept +=
          maker.append({sample, sample, 0, 0}, {scene.n, scene.mean, scene.tau, scene.phi}, rows);
    benchmark::DoNotOptimize(rows.data());
    benchmark::ClobberMemory();
  }
  count_values(state, scene.n * num_imts * num_events);
  state.counters["kept"] = static_cast<double>(kept) / static_cast<double>(state.iterations()) /
                           static_cast<double>(scene.n * num_events);
}

void bench_field_rows(benchmark::State& state) {
  run_rows(state, options());
}

void bench_field_rows_with_floor(benchmark::State& state) {
  FieldOptions o = options();
  o.minimum_intensity = {0.18, 0.18, 0.18};
  run_rows(state, o);
}

/// Values without logarithm, truncated at 0: what is left of the kernel is the packing of rows.
void bench_field_pack(benchmark::State& state) {
  FieldOptions o;
  o.imts.assign(num_imts, {core::ImtKind::mmi});
  o.between = o.within = {0};
  run_rows(state, o);
}

void bench_field_normals(benchmark::State& state) {
  const Scene scene(static_cast<std::size_t>(state.range(0)));
  std::array<std::vector<float>, samples_per_block> out;
  for (std::vector<float>& column : out) column.resize(scene.n);
  std::uint64_t block = 0;
  for (auto _ : state) {
    within_residuals({1, 2}, 3, ++block, scene.key_lo, scene.key_hi, {3}, scene.n,
                     {out[0], out[1], out[2], out[3]});
    benchmark::ClobberMemory();
  }
  count_values(state, samples_per_block * scene.n);
}

void bench_field_exponential(benchmark::State& state) {
  const Scene scene(static_cast<std::size_t>(state.range(0)));
  std::vector<float> out(scene.n);
  for (auto _ : state) {
    apply_residuals(scene.mean, scene.tau, scene.phi, 0.5f, scene.mean, true, scene.n, out);
    benchmark::ClobberMemory();
  }
  count_values(state, scene.n);
}

BENCHMARK(bench_field_roofline)->ArgName("sites")->Arg(1024)->Arg(4096)->Arg(17888);
BENCHMARK(bench_field_rows)->ArgName("sites")->Arg(1024)->Arg(4096)->Arg(17888);
BENCHMARK(bench_field_rows_with_floor)->ArgName("sites")->Arg(1024)->Arg(4096)->Arg(17888);
BENCHMARK(bench_field_pack)->ArgName("sites")->Arg(4096);
BENCHMARK(bench_field_normals)->ArgName("sites")->Arg(4096);
BENCHMARK(bench_field_exponential)->ArgName("sites")->Arg(4096);

}  // namespace
}  // namespace shakefield::field

int main(int argc, char** argv) {
  return shakefield::run_benchmarks(argc, argv);
}
