// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "job_runs.hpp"

namespace {

using namespace shakefield;

struct Case {
  const char* name;
  const char* path;
  job::Overrides overrides;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

// California at 400 years: about 3,750 events, whose number has a standard deviation of 1.6 %.
const Case cases[] = {
    {"Hayward", "examples/hayward/job.ini", {}},
    {"HaywardWithFloor",
     "examples/hayward/job.ini",
     {{"minimum_intensity", "0.1"}, {"gmf_codec", "zstd"}, {"gmf_significant_bits", "13"}}},
    {"California", "examples/california/job_event_based.ini", {{"ses_per_logic_tree_path", "400"}}},
    {"CaliforniaPacked",
     "examples/california/job_event_based.ini",
     {{"ses_per_logic_tree_path", "400"}, {"gmf_codec", "deflate"}}},
    {"CaliforniaWithoutFields",
     "examples/california/job_event_based.ini",
     {{"ses_per_logic_tree_path", "400"}, {"ground_motion_fields", "false"}}},
    {"CaliforniaReduced",
     "examples/california/job_event_based.ini",
     {{"ses_per_logic_tree_path", "400"},
      {"ground_motion_fields", "false"},
      {"hazard_curves_from_gmfs", "true"},
      {"gmf_statistics", "true"},
      {"gmf_maxima", "true"},
      {"gmf_exceedances", "true"},
      {"gmf_top_events", "1000"},
      {"intensity_measure_types_and_levels",
       R"_({"PGA": [0.001, 0.1], "SA(0.2)": [0.001, 0.1], "SA(1.0)": [0.001, 0.1]})_"}}}};

class PlanTest : public testing::TestWithParam<Case> {
 protected:
  job::Job read() const {
    return job::read_job(alone_, job_runs::source_dir() / GetParam().path, GetParam().overrides);
  }
  /// |planned - actual| <= 20 % of actual.
  static void expect_near(double planned, double actual) {
    EXPECT_NEAR(planned, actual, 0.2 * actual);
  }

  const comm::Communicator alone_;
  const ScratchFolder folder_;
};

TEST_P(PlanTest, CountsAndBytesAreThoseOfTheRunWithin20PerCent) {
  const job::Job job = read();
  const std::filesystem::path output = folder_ / "run.h5";
  const calc::Plan quick = calc::plan(job, {.output = output});
  const calc::Plan calibrated = calc::plan(job, {.output = output, .calibration_s = 0.3});
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << "the calibration left a file";
  const calc::RunSummary run = job_runs::run(alone_, job, output);
  for (const calc::Plan& plan : {quick, calibrated}) {
    expect_near(plan.ruptures, static_cast<double>(run.ruptures));
    expect_near(plan.events, static_cast<double>(run.events));
    expect_near(plan.rows, static_cast<double>(run.rows));
  }
  const auto bytes = static_cast<double>(std::filesystem::file_size(output));
  expect_near(calibrated.file_bytes, bytes);
  if (job.parameters.ground_motion_fields) expect_near(quick.file_bytes, bytes);
  EXPECT_EQ(quick.wall_s, 0);
  EXPECT_GT(calibrated.wall_s, 0);
}

TEST_P(PlanTest, RoughBoundIsAboveTheRun) {
  const job::Job job = read();
  const std::filesystem::path output = folder_ / "run.h5";
  const calc::Plan bound = calc::plan(job, {.output = output, .plenty_bytes = 1e15});
  const calc::RunSummary run = job_runs::run(alone_, job, output);
  EXPECT_GE(bound.rows, static_cast<double>(run.rows));
  EXPECT_EQ(bound.sample_events, 0);
}

INSTANTIATE_TEST_SUITE_P(Jobs, PlanTest, testing::ValuesIn(cases),
                         [](const testing::TestParamInfo<Case>& one) { return one.param.name; });

TEST(PlanRoomTest, FileThatDoesNotFitIsRefusedWithItsBytes) {
  calc::Plan plan;
  plan.rows = 5e10;
  plan.file_bytes = 1e12;
  try {
    calc::expect_room(plan, {.disk_bytes = 2.5e9, .memory_bytes = 1e9}, "big.h5", 1);
    FAIL() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::io);
    EXPECT_THAT(error.what(), testing::HasSubstr("big.h5 will not fit its disk (it takes about "
                                                 "1,000,000,000,000 bytes for 50,000,000,000 "
                                                 "rows, 2,500,000,000 are free), write to another "
                                                 "disk (-o)"));
    EXPECT_THAT(error.what(), testing::HasSubstr("--force"));
  }
}

TEST(PlanRoomTest, RanksThatDoNotFitTheMemoryOfTheirNodeAreRefused) {
  calc::Plan plan;
  plan.more_memory_bytes = 3e8;
  const calc::Room room{.disk_bytes = 1e9, .memory_bytes = 1e9};
  EXPECT_NO_THROW(calc::expect_room(plan, room, "out.h5", 3));
  try {
    calc::expect_room(plan, room, "out.h5", 4);
    FAIL() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::config);
    EXPECT_THAT(error.what(),
                testing::HasSubstr("about 1,200,000,000 bytes more for 4 ranks of a node, "
                                   "1,000,000,000 are free"));
  }
}

TEST(PlanRoomTest, FileThatWillBeReplacedIsRoom) {
  const ScratchFolder folder;
  const double before = calc::room_for(folder / "out.h5").disk_bytes;
  constexpr double hole = 1e11;  // takes no room itself
  std::ofstream(folder / "out.h5").close();
  std::filesystem::resize_file(folder / "out.h5", static_cast<std::uintmax_t>(hole));
  EXPECT_NEAR(calc::room_for(folder / "out.h5").disk_bytes - before, hole, 0.2 * hole);
}

TEST(PlanRoomTest, IsNotLimitedWhereTheSystemDoesNotSay) {
  const ScratchFolder folder;
  EXPECT_TRUE(std::isinf(calc::room_for(folder / "no/such/folder/out.h5").disk_bytes));
  EXPECT_TRUE(std::isinf(calc::room_for("/proc/out.h5").disk_bytes));
  EXPECT_GT(calc::room_for(folder / "out.h5").memory_bytes, 0);
}

/// Some 10^15 bytes.
job::Job enormous_job(const comm::Communicator& comm) {
  return job::read_job(
      comm, job_runs::source_dir() / "examples/hayward/job.ini",
      {{"number_of_ground_motion_fields", "4000000000"}, {"region_grid_spacing", "1"}});
}

TEST(PlanRoomTest, RunThatDoesNotFitLeavesNoFile) {
  const comm::Communicator alone;
  const ScratchFolder folder;
  const job::Job job = enormous_job(alone);
  try {
    job_runs::run(alone, job, folder / "run.h5");
    FAIL() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::io);
    EXPECT_THAT(error.what(), testing::HasSubstr("run.h5 will not fit its disk"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(PlanRoomTest, ForcedRunStartsAllTheSame) {
  const comm::Communicator alone;
  const ScratchFolder folder;
  const job::Job job = enormous_job(alone);
  calc::RunOptions options;
  options.output = folder / "run.h5";
  options.force = true;
  options.must_stop = [] { return true; };  // after a batch
  try {
    calc::run(alone, job, options);
    FAIL() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::interrupted);
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "run.h5"));
}

TEST(ClassicalPlanTest, BytesAndPairsAreThoseOfTheRunWithin20PerCent) {
  const comm::Communicator alone;
  const ScratchFolder folder;
  const std::filesystem::path output = folder / "run.h5";
  const job::Job job =
      job::read_job(alone, job_runs::source_dir() / "examples/california/job_classical.ini",
                    {{"region_grid_spacing", "40"}});
  const calc::Plan quick = calc::plan(job, {.output = output});
  const calc::Plan calibrated = calc::plan(job, {.output = output, .calibration_s = 0.5});
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "the calibration left a file";
  const calc::RunSummary run = job_runs::run(alone, job, output);
  const auto bytes = static_cast<double>(std::filesystem::file_size(output));
  for (const calc::Plan& plan : {quick, calibrated}) {
    EXPECT_EQ(plan.ruptures, static_cast<double>(run.ruptures));
    EXPECT_EQ(plan.rows, 0);
    EXPECT_GT(plan.more_memory_bytes, 0);
    EXPECT_NEAR(plan.file_bytes, bytes, 0.2 * bytes);
  }
  const double pairs =
      static_cast<double>(run.values) / static_cast<double>(job.parameters.imts.size());
  EXPECT_NEAR(calibrated.pairs, pairs, 0.2 * pairs);
  EXPECT_EQ(quick.wall_s, 0);
  EXPECT_GT(calibrated.wall_s, 0);
}

TEST(DisaggregationPlanTest, BytesAreThoseOfTheRunWithin30PerCent) {
  const comm::Communicator alone;
  const ScratchFolder folder;
  const std::filesystem::path output = folder / "run.h5";
  const job::Job job =
      job::read_job(alone, job_runs::source_dir() / "examples/california/job_classical.ini",
                    {{"calculation_mode", "disaggregation"},
                     {"region_grid_spacing", "60"},
                     {"poes", "0.1"},
                     {"poes_disagg", "0.1"},
                     {"mag_bin_width", "0.1"},
                     {"distance_bin_width", "5"},
                     {"coordinate_bin_width", "0.2"},
                     {"num_epsilon_bins", "6"}});
  const calc::Plan plan = calc::plan(job, {.output = output, .calibration_s = 1});
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "the calibration left a file";
  job_runs::run(alone, job, output);
  const auto bytes = static_cast<double>(std::filesystem::file_size(output));
  EXPECT_NEAR(plan.file_bytes, bytes, 0.3 * bytes);
  EXPECT_GT(plan.more_memory_bytes, 0);
  EXPECT_GT(plan.wall_s, 0);
}

TEST(ClassicalPlanTest, RunsThatDoNotFitAreRefused) {
  const comm::Communicator alone;
  const job::Job job =
      job::read_job(alone, job_runs::source_dir() / "examples/california/job_classical.ini",
                    {{"region_grid_spacing", "40"}, {"individual_rlzs", "true"}});
  const calc::Plan plan = calc::plan(job, {.output = "run.h5"});
  const auto message = [&](const calc::Room& room) -> std::string {
    try {
      calc::expect_room(plan, room, "run.h5", 2);
      return "fits";
    } catch (const core::Error& error) {
      return error.what();
    }
  };
  EXPECT_EQ(message({plan.file_bytes, 2 * plan.more_memory_bytes}), "fits");
  EXPECT_THAT(message({plan.file_bytes / 2, 1e15}),
              testing::HasSubstr("store fewer curves (individual_rlzs = false"));
  EXPECT_THAT(message({1e15, plan.more_memory_bytes}),
              testing::HasSubstr("will not fit the memory (about"));
}

}  // namespace
