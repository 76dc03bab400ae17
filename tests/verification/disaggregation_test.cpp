// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The disaggregation demonstration against what the OpenQuake engine 3.26.2 exported from it, file
// by file. The files are not part of the project: folder named by SHAKEFIELD_REFERENCE_DIR.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "csv_table.hpp"
#include "run_results.hpp"
#include "shakefield/calc/export.hpp"

namespace {

using namespace shakefield;

constexpr double tolerance = 0.005;
/// The engine leaves out bins of rates below 1e-12, group by group.
constexpr double least = 1e-11;

struct Agreement {
  std::size_t values = 0, beyond = 0;
  double largest = 0;

  void add(double found, double expected) {
    if (expected <= least) {
      beyond += found > 2 * least;
      return;
    }
    const double difference = std::abs(found - expected) / expected;
    ++values;
    beyond += difference > tolerance;
    largest = std::max(largest, difference);
  }
};

/// Rows of both stand in the same order; texts are equal.
void compare(const CsvTable& found, const CsvTable& engine, const std::string& name,
             Agreement& agreement) {
  ASSERT_EQ(found.names(), engine.names()) << name;
  ASSERT_EQ(found.rows(), engine.rows()) << name;
  for (std::size_t row = 0; row < engine.rows(); ++row)
    for (std::size_t c = 0; c < engine.names().size(); ++c) {
      const std::string &ours = found.cells()[row][c], &theirs = engine.cells()[row][c];
      char* end = nullptr;
      const double expected = std::strtod(theirs.c_str(), &end);
      if (end != theirs.c_str() + theirs.size() || expected < 0)
        EXPECT_EQ(ours, theirs) << name << " row " << row;
      else
        agreement.add(std::stod(ours), expected);
    }
}

TEST(DisaggregationTest, EveryFileOfTheDemoIsThatOfTheEngine) {
  if (job_runs::reference_dir().empty())
    GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set: the engine's files are not at hand";
  const auto demo = job_runs::reference_dir() / "cases/openquake_demos/Disaggregation";
  const ScratchFolder folder;
  job_runs::run({}, run_results::read(demo / "job.ini"), folder / "run.h5");
  calc::export_results(folder / "run.h5", folder / "csv");
  std::size_t files = 0;
  Agreement bins, hazard;
  for (const auto& entry : std::filesystem::directory_iterator(demo / "expected")) {
    const std::string name = entry.path().filename().string();
    const auto ours = folder / "csv" / name;
    ASSERT_TRUE(std::filesystem::exists(ours)) << name;
    const bool is_hazard = name.starts_with("hazard_") || name.starts_with("realizations");
    compare(CsvTable(ours), CsvTable(entry.path()), name, is_hazard ? hazard : bins);
    ++files;
  }
  EXPECT_EQ(files, 28u);
  EXPECT_GT(bins.values, 10000u);
  EXPECT_EQ(bins.beyond, 0u) << "largest " << bins.largest;
  EXPECT_EQ(hazard.beyond, 0u) << "largest " << hazard.largest;
  RecordProperty("bins", static_cast<int>(bins.values));
  RecordProperty("largest_difference_of_bins", std::to_string(bins.largest));
  RecordProperty("largest_difference_of_hazard", std::to_string(hazard.largest));
}

}  // namespace
