// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The memory of a rank does not grow with the number of events, however slow the writer is: runs of
// one size and of 100 times as many events in one process, whose peak memory the system tells. With
// SHAKEFIELD_PRINT_MEMORY set, the figures of the ranks are printed.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "job_runs.hpp"
#include "shakefield/comm/communicator.hpp"
#include "throttled_sink.hpp"

namespace {

using namespace shakefield;

struct Case {
  const char* name;
  const char* path;       ///< below the checkout
  const char* parameter;  ///< that the number of events grows with
  int events_small;       ///< its value
  job::Overrides overrides;
  double bytes_per_s;  ///< of the writer; 0: as it is
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

constexpr double slow = 20e6;

const job::Overrides reducers_only{{"ground_motion_fields", "false"},
                                   {"gmf_statistics", "true"},
                                   {"gmf_maxima", "true"},
                                   {"gmf_exceedances", "true"},
                                   {"gmf_top_events", "100"},
                                   {"intensity_measure_types_and_levels",
                                    R"_({"PGA": [0.05], "SA(0.3)": [0.1], "SA(1.0)": [0.02]})_"}};

const char* const hayward = "examples/hayward/job.ini";
const char* const california = "examples/california/job_event_based.ini";
const char* const fields = "number_of_ground_motion_fields";
const char* const sets = "ses_per_logic_tree_path";

job::Overrides with(job::Overrides overrides, const job::Overrides& more) {
  overrides.insert(overrides.end(), more.begin(), more.end());
  return overrides;
}

/// So small that a short run fills all pools.
const job::Overrides small_batches{{"batch_mib", "0.2"}};
const job::Overrides wide_grid{{"region_grid_spacing", "20"}};

const Case cases[] = {
    {"Scenario", hayward, fields, 80, small_batches, 0},
    {"ScenarioSlow", hayward, fields, 80, small_batches, slow},
    {"ScenarioReduced", hayward, fields, 80, reducers_only, 0},
    {"EventSet", california, sets, 50, with(small_batches, wide_grid), 0},
    {"EventSetSlow", california, sets, 50, with(small_batches, wide_grid), slow},
    {"EventsWithoutFields", california, sets, 100, {{"ground_motion_fields", "false"}}, 0}};

/// Largest resident memory of this process so far, MiB; 0 where the system does not say.
double peak_mib() {
  std::ifstream file("/proc/self/status");
  double kib = 0;
  for (std::string word; file >> word;)
    if (word == "VmHWM:") file >> kib;
  return kib / 1024;
}

class BoundedMemoryTest : public testing::TestWithParam<Case> {
 protected:
  calc::RunSummary run(int factor) const {
    const Case& c = GetParam();
    job::Overrides overrides = c.overrides;
    overrides.emplace_back(c.parameter, std::to_string(c.events_small * factor));
    const job::Job job = job::read_job(world_, job_runs::source_dir() / c.path, overrides);
    calc::RunOptions options;
    options.output = folder_ / "run.h5";
    options.overwrite = true;
    options.commit_interval_s = 1e6;  // commits take memory of their own (docs/performance.md)
    if (c.bytes_per_s > 0)
      options.wrap_sink = [&](std::unique_ptr<store::GmfSink> sink) {
        return std::make_unique<ThrottledSink>(std::move(sink), world_, c.bytes_per_s);
      };
    return calc::run(world_, job, options);
  }

  const comm::Communicator world_ = comm::Communicator::world();
  ScratchFolder folder_;
};

TEST_P(BoundedMemoryTest, PeakIsThatOfAHundredthOfTheEvents) {
  const calc::RunSummary small = run(1);
  const double small_mib = peak_mib();
  if (small_mib == 0) GTEST_SKIP() << "the system does not tell the memory of a process";
  const calc::RunSummary large = run(100);
  const double large_mib = peak_mib();
  EXPECT_GT(large.events, 80 * small.events);
  EXPECT_LE(large_mib, 1.1 * small_mib);
  if (!std::getenv("SHAKEFIELD_PRINT_MEMORY")) return;
  std::printf(
      "%s, rank %d of %d: events %llu -> %llu, rows %.1f MB, peak %.1f -> %.1f MiB, %.1f s\n",
      GetParam().name, world_.rank(), world_.size(), static_cast<unsigned long long>(small.events),
      static_cast<unsigned long long>(large.events), static_cast<double>(large.rows) * 20e-6,
      small_mib, large_mib, large.seconds);
}

INSTANTIATE_TEST_SUITE_P(Jobs, BoundedMemoryTest, testing::ValuesIn(cases),
                         [](const testing::TestParamInfo<Case>& test) { return test.param.name; });

}  // namespace
