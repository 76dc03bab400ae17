// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// The sources of examples/california, or of the job that the environment names
// (SHAKEFIELD_BENCH_JOB): reading it, making every rupture of the enumeration with its surface, and
// drawing the occurrences of all of them in the event set (or in SHAKEFIELD_BENCH_YEARS).
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "benchmark_program.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/source/sampling.hpp"

namespace shakefield::source {
namespace {

std::filesystem::path job_path() {
  const char* given = std::getenv("SHAKEFIELD_BENCH_JOB");
  return given ? given : SHAKEFIELD_EXAMPLES_DIR "/california/job_event_based.ini";
}

job::Job read_job() {
  job::InputFiles files;
  return job::read_job(job_path(), {}, files);
}

const job::Job& the_job() {
  static const job::Job job = read_job();
  return job;
}

double effective_time_yr() {
  if (const char* given = std::getenv("SHAKEFIELD_BENCH_YEARS")) return std::atof(given);
  const job::Parameters& p = the_job().parameters;
  return p.investigation_time_yr * static_cast<double>(p.ses_per_logic_tree_path);
}

/// `bench_source_<verb>/<job's folder>`.
std::string name_of(const std::string& verb) {
  return "bench_source_" + verb + '/' + job_path().parent_path().filename().string();
}

/// Calls `work(source, key)` for every source of every source-model path.
template <class Work>
void for_each_source(Work work) {
  for (const job::PathSource& row : job::path_sources(the_job())) work(*row.source, row.key);
}

std::int64_t num_ruptures() {
  std::size_t ruptures = 0;
  for_each_source([&](const Source& source, std::uint64_t) { ruptures += source.num_ruptures(); });
  return static_cast<std::int64_t>(ruptures);
}

void bench_source_read_job(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_job());
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
  SamplingOptions options;
  options.effective_time_yr = effective_time_yr();
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

BENCHMARK(bench_source_read_job)->Name(name_of("read_job"));
BENCHMARK(bench_source_enumerate)->Name(name_of("enumerate"));
BENCHMARK(bench_source_sample)->Name(name_of("sample"));

}  // namespace
}  // namespace shakefield::source

int main(int argc, char** argv) {
  return shakefield::run_benchmarks(argc, argv);
}
