// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// Reading results back: exports of a file of 500,000 rows with three intensity measure types, one
// event of it, and the numbers of CSV files alone. Time is the processor's, system calls included;
// bytes are those of the exported file. Files stand in the system's temporary folder (TMPDIR).
#include <benchmark/benchmark.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <system_error>

#include "benchmark_program.hpp"
#include "export_numbers.hpp"
#include "export_result_file.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/calc/results.hpp"

namespace shakefield::calc {
namespace {

constexpr std::uint32_t num_rows = 500'000;

/// Values like those of ground motion, over eight decades.
std::vector<float> random_values(std::size_t count) {
  std::mt19937 random(20261123);
  std::uniform_real_distribution<float> ln(-16, 2);
  std::vector<float> values(count);
  for (float& value : values) value = std::exp(ln(random));
  return values;
}

/// A result file for the program's lifetime: every event reaches all of `num_sites` sites.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::uint32_t num_sites) {
    std::string name = (std::filesystem::temp_directory_path() / "bench_calc_XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
    folder_ = name;
    test::ResultFile content;
    content.imts = {"PGA", "SA(0.3)", "SA(1.0)"};
    content.sites.clear();
    content.rows.clear();
    for (std::uint32_t site = 0; site < num_sites; ++site)
      content.sites.push_back({-122 + 1e-5 * site, 37, std::to_string(10'000'000 + site)});
    content.events.assign(num_rows / num_sites, {});
    const std::vector<float> values = random_values(content.imts.size() * num_rows);
    const float* value = values.data();
    for (std::uint32_t i = 0; i < num_rows; ++i, value += content.imts.size())
      content.rows.push_back({i % num_sites, i / num_sites, {value, value + content.imts.size()}});
    content.write(path());
  }
  ~TemporaryFile() { std::filesystem::remove_all(folder_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  std::filesystem::path path() const { return folder_ / "out.h5"; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

void bench_calc_export(benchmark::State& state, const char* what) {
  static const TemporaryFile file(10'000);
  std::uintmax_t bytes = 0;
  for (auto _ : state)
    for (const auto& path : export_results(file.path(), file.folder() / "export", {{what}}))
      bytes += std::filesystem::file_size(path);
  state.SetItemsProcessed(state.iterations() * num_rows);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

/// Events in turn through the file, so that no chunk is at hand from the event before.
void bench_calc_read_event(benchmark::State& state) {
  const auto num_sites = static_cast<std::uint32_t>(state.range(0));
  const TemporaryFile file(num_sites);
  const Results results(file.path());
  const std::uint32_t num_events = num_rows / num_sites;
  std::uint64_t event = 0;
  for (auto _ : state) {
    event = (event + num_events / 2 + 1) % num_events;
    benchmark::DoNotOptimize(results.rows_of_event(event));
  }
  state.SetItemsProcessed(state.iterations() * num_sites);
}

/// One number after the other into the same line.
template <class Write>
void write_numbers(benchmark::State& state, Write write) {
  const std::vector<float> values = random_values(4096);
  char text[max_number_chars];
  std::size_t bytes = 0;
  for (auto _ : state)
    for (const float value : values) {
      bytes += static_cast<std::size_t>(write(text, value) - text);
      benchmark::DoNotOptimize(text);
    }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void bench_calc_number_e5(benchmark::State& state) {
  write_numbers(state, write_e5);
}

void bench_calc_number_to_chars(benchmark::State& state) {
  write_numbers(state, [](char* to, float value) {
    return std::to_chars(to, to + max_number_chars, value, std::chars_format::scientific, 5).ptr;
  });
}

BENCHMARK_CAPTURE(bench_calc_export, gmf_data, "gmf-data")->Name("bench_calc_export/gmf-data");
BENCHMARK_CAPTURE(bench_calc_export, gmf_hdf5, "gmf-hdf5")->Name("bench_calc_export/gmf-hdf5");
BENCHMARK(bench_calc_read_event)->ArgName("rows")->Arg(100)->Arg(10'000)->Arg(250'000);
BENCHMARK(bench_calc_number_e5);
BENCHMARK(bench_calc_number_to_chars);

}  // namespace
}  // namespace shakefield::calc

int main(int argc, char** argv) {
  return shakefield::run_benchmarks(argc, argv);
}
