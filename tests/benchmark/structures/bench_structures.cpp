// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// Ways to lay the rows of ground-motion fields out in an HDF5 file, on the same fields: time to
// write, to read one event, one site and everything, and size of the file. Prints Markdown. What is
// read is compared with what was written; a difference ends the program with status 1.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <stdexcept>
#include <system_error>

#include "fields.hpp"
#include "report.hpp"
#include "scratch_folder.hpp"
#include "structure.hpp"

namespace shakefield::structures {
namespace {

constexpr int events_per_repetition = 100;
constexpr int sites_per_repetition = 3;

struct Options {
  std::uint64_t rows = 3'000'000;
  int repetitions = 5;
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wall_seconds() {
  const std::chrono::duration<double> now = std::chrono::steady_clock::now().time_since_epoch();
  return now.count();
}

/// Seconds that `work` takes, by one of the clocks above.
double seconds_of(double (*clock)(), const std::function<void()>& work) {
  const double start = clock();
  work();
  return clock() - start;
}

/// Seconds of each repetition, one list a column of the table.
struct Times {
  std::vector<double> write, event, site, all, cold_event, cold_site, cold_all;
};

struct Candidate {
  std::string name, filter;
  std::unique_ptr<Structure> structure;
  Times times;
  std::uintmax_t file_bytes = 0;
};

std::vector<Candidate> make_candidates(const Fields& fields) {
  std::vector<Candidate> candidates;
  for (const auto& [filter, name] : {std::pair{Filter::none, "-"}, {Filter::deflate, "deflate"}}) {
    const auto add = [&](const char* structure_name, std::unique_ptr<Structure> structure) {
      candidates.push_back({structure_name, name, std::move(structure), {}, 0});
    };
    add("rows + index, our writer", make_program_table(fields, filter));
    add("rows + index, H5Dwrite", make_table(fields, filter));
    add("columns + index", make_columns(fields, filter));
    if (filter == Filter::none) add("sequences of variable length", make_sequences(fields));
    add("one dataset per event", make_event_datasets(fields, filter));
  }
  return candidates;
}

/// Takes a file out of the page cache of this machine (a virtual machine's host may still have it).
void evict(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
  ::fsync(file);  // only pages that are on the disk can be dropped
  const int error = ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  ::close(file);
  if (error) throw std::system_error(error, std::generic_category(), "posix_fadvise");
}

void expect_rows(const Reader& reader, std::span<const Row> expected, const std::string& what) {
  if (!std::ranges::equal(reader.rows(), expected))
    throw std::runtime_error(fmt::format("{} came back otherwise than it was written", what));
}

/// What is read in one repetition, the same for all structures.
struct Sample {
  std::vector<std::uint32_t> events, sites;
  std::vector<std::vector<Row>> rows_of_sites;
};

Sample draw(const Fields& fields, std::uint32_t num_sites, std::mt19937_64& bits) {
  std::uniform_int_distribution<std::uint32_t> event(0, fields.num_events() - 1);
  std::uniform_int_distribution<std::uint32_t> site(0, num_sites - 1);
  Sample sample;
  for (int i = 0; i < events_per_repetition; ++i) sample.events.push_back(event(bits));
  for (int i = 0; i < sites_per_repetition; ++i) {
    sample.sites.push_back(site(bits));
    sample.rows_of_sites.push_back(fields.rows_of_site(sample.sites.back()));
  }
  return sample;
}

/// The file stays open and is in the page cache: processor time.
void measure_warm(Candidate& candidate, const std::filesystem::path& path, const Fields& fields,
                  const Sample& sample) {
  const std::unique_ptr<Reader> reader = candidate.structure->open(path);
  reader->read_all();
  Times& times = candidate.times;
  times.all.push_back(seconds_of(cpu_seconds, [&] { reader->read_all(); }));
  expect_rows(*reader, fields.rows, candidate.name);
  double seconds = 0;
  for (const std::uint32_t event : sample.events) {
    seconds += seconds_of(cpu_seconds, [&] { reader->read_event(event); });
    expect_rows(*reader, fields.rows_of_event(event), candidate.name);
  }
  times.event.push_back(seconds / events_per_repetition);
  seconds = 0;
  for (std::size_t i = 0; i < sample.sites.size(); ++i) {
    seconds += seconds_of(cpu_seconds, [&] { reader->read_site(sample.sites[i]); });
    expect_rows(*reader, sample.rows_of_sites[i], candidate.name);
  }
  times.site.push_back(seconds / sites_per_repetition);
}

/// Nothing is in the page cache; from opening the file: wall time.
void measure_cold(Candidate& candidate, const std::filesystem::path& path, const Sample& sample) {
  const auto measure = [&](std::vector<double>& times, const auto& read) {
    evict(path);
    times.push_back(seconds_of(wall_seconds, [&] { read(*candidate.structure->open(path)); }));
  };
  measure(candidate.times.cold_event,
          [&](Reader& reader) { reader.read_event(sample.events.front()); });
  measure(candidate.times.cold_site,
          [&](Reader& reader) { reader.read_site(sample.sites.front()); });
  measure(candidate.times.cold_all, [](Reader& reader) { reader.read_all(); });
}

void print(const std::vector<Candidate>& candidates) {
  fmt::print(
      "| structure | filter | write, ms | event, ms | site, ms | all, ms | cold event, ms | cold "
      "site, ms | cold all, ms | MB |\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (const auto& [name, filter, structure, times, file_bytes] : candidates) {
    fmt::print("| {} | {} |", name, filter);
    for (const std::vector<double>* column : {&times.write, &times.event, &times.site, &times.all,
                                              &times.cold_event, &times.cold_site, &times.cold_all})
      fmt::print(" {:.3g} |", 1e3 * median(*column));
    fmt::print(" {:.1f} |\n", 1e-6 * static_cast<double>(file_bytes));
  }
}

void run(const char* title, const Shape& shape, const Options& options) {
  const Fields fields = make_fields(shape);
  const std::string load_before = load_average();
  std::vector<Candidate> candidates = make_candidates(fields);
  const ScratchFolder folder;
  std::mt19937_64 bits(7);
  for (int repetition = 0; repetition < options.repetitions; ++repetition) {
    const Sample sample = draw(fields, shape.grid * shape.grid, bits);
    for (Candidate& candidate : candidates) {
      const std::filesystem::path path = folder / "fields.h5";
      candidate.times.write.push_back(
          seconds_of(cpu_seconds, [&] { candidate.structure->write(path); }));
      candidate.file_bytes = std::filesystem::file_size(path);
      measure_warm(candidate, path, fields, sample);
      measure_cold(candidate, path, sample);
      std::filesystem::remove(path);
    }
  }
  fmt::print("\n{}: {} sites, {} events, {} rows ({:.1f} MB); {} repetitions; load {} to {}\n\n",
             title, shape.grid * shape.grid, fields.num_events(), fields.rows.size(),
             1e-6 * static_cast<double>(fields.rows.size() * sizeof(Row)), options.repetitions,
             load_before, load_average());
  print(candidates);
}

int run_all(int argc, char** argv) {
  CLI::App app("Compares ways to lay fields out in an HDF5 file; prints medians as Markdown.");
  Options options;
  std::string folder;
  app.add_option("--rows", options.rows, "rows of each table")
      ->check(CLI::Range(1u, 4'000'000'000u));
  app.add_option("--repetitions", options.repetitions, "of which the median is shown")
      ->check(CLI::PositiveNumber);
  app.add_option("--folder", folder, "for the files, which are removed (default: TMPDIR)")
      ->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (!folder.empty()) ::setenv("TMPDIR", folder.c_str(), 1);
  try {
    run("Many small events", {.grid = 68, .num_rows = options.rows, .mean_rows = 1000}, options);
    run("Few large events", {.grid = 189, .num_rows = options.rows, .mean_rows = 0}, options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace shakefield::structures

int main(int argc, char** argv) {
  return shakefield::structures::run_all(argc, argv);
}
