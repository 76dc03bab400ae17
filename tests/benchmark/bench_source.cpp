// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// The sources of examples/california: reading the job, making every rupture of the enumeration with
// its surface, and drawing the occurrences of all of them.
#include <benchmark/benchmark.h>

#include "benchmark_program.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/source/sampling.hpp"

namespace shakefield::source {
namespace {

job::Job read_california() {
  job::InputFiles files;
  return job::read_job(SHAKEFIELD_EXAMPLES_DIR "/california/job_event_based.ini", {}, files);
}

const job::Job& california() {
  static const job::Job job = read_california();
  return job;
}

/// Calls `work(source, key)` for every source of every source-model path.
template <class Work>
void for_each_source(Work work) {
  for (const job::PathSource& row : job::path_sources(california())) work(*row.source, row.key);
}

std::int64_t num_ruptures() {
  std::size_t ruptures = 0;
  for_each_source([&](const Source& source, std::uint64_t) { ruptures += source.num_ruptures(); });
  return static_cast<std::int64_t>(ruptures);
}

void bench_source_read_job(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_california());
}

void bench_source_enumerate(benchmark::State& state) {
  const std::int64_t ruptures = num_ruptures();
  for (auto _ : state)
    for_each_source([](const Source& source, std::uint64_t) {
      for (std::size_t i = 0; i < source.num_ruptures(); ++i)
        benchmark::DoNotOptimize(source.rupture(i));
    });
  state.SetItemsProcessed(state.iterations() * ruptures);
}

void bench_source_sample(benchmark::State& state) {
  const std::int64_t ruptures = num_ruptures();
  const job::Parameters& p = california().parameters;
  SamplingOptions options;
  options.effective_time_yr =
      p.investigation_time_yr * static_cast<double>(p.ses_per_logic_tree_path);
  std::size_t occurring = 0;
  for (auto _ : state) {
    ++options.seed;
    for_each_source([&](const Source& source, std::uint64_t key) {
      occurring += sample_occurrences(source, key, 0, source.num_ruptures(), options).size();
    });
  }
  state.SetItemsProcessed(state.iterations() * ruptures);
  state.counters["occurring"] =
      static_cast<double>(occurring) / static_cast<double>(state.iterations());
}

BENCHMARK(bench_source_read_job)->Name("bench_source_read_job/california");
BENCHMARK(bench_source_enumerate)->Name("bench_source_enumerate/california");
BENCHMARK(bench_source_sample)->Name("bench_source_sample/california");

}  // namespace
}  // namespace shakefield::source

int main(int argc, char** argv) {
  return shakefield::run_benchmarks(argc, argv);
}
