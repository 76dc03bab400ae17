// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Hazard curves, maps and spectra against what the OpenQuake engine 3.26.2 exported from the same
// jobs. The files are not part of the project: folder named by SHAKEFIELD_REFERENCE_DIR.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "csv_table.hpp"
#include "run_results.hpp"
#include "shakefield/calc/export.hpp"

namespace {

using namespace shakefield;

/// How values of two files differ.
struct Agreement {
  std::size_t values = 0, beyond_half_percent = 0, beyond_two_percent = 0;
  double largest = 0;

  void add(double found, double expected, double noise) {
    const double difference = std::max(std::abs(found - expected) - noise, 0.0) / expected;
    ++values;
    beyond_half_percent += difference > 0.005;
    beyond_two_percent += difference > 0.02;
    largest = std::max(largest, difference);
  }
};

class ClassicalTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (job_runs::reference_dir().empty())
      GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set: the engine's files are not at hand";
  }

  void run() {
    const auto job = job_runs::reference_dir() / "cases" / GetParam();
    expected_ = job.parent_path() / "expected";
    job_runs::run({}, run_results::read(job), folder_ / "run.h5");
    calc::export_results(folder_ / "run.h5", folder_.path() / "csv");
  }

  /// Compares every expected file whose name has `part`; the first columns are places.
  Agreement compare(const std::string& part, double least, double noise) const {
    Agreement agreement;
    for (const auto& entry : std::filesystem::directory_iterator(expected_)) {
      const std::string name = entry.path().filename().string();
      if (name.find(part) == std::string::npos) continue;
      const auto path = folder_.path() / "csv" / name;
      EXPECT_TRUE(std::filesystem::exists(path)) << name;
      if (!std::filesystem::exists(path)) continue;
      add_file(CsvTable(path), CsvTable(entry.path()), name, least, noise, agreement);
    }
    return agreement;
  }

 private:
  /// Whether two rows are of one place: to the last decimal, also across the date line.
  static bool is_same_place(const CsvTable& a, std::size_t row_a, const CsvTable& b,
                            std::size_t row_b) {
    constexpr double last_decimal = 1.1e-5;
    return std::abs(std::remainder(a(row_a, "lon") - b(row_b, "lon"), 360)) < last_decimal &&
           std::abs(a(row_a, "lat") - b(row_b, "lat")) < last_decimal;
  }

  /// Some of the engine's files hold every tenth site only; the order is the same.
  static void add_file(const CsvTable& found, const CsvTable& engine, const std::string& name,
                       double least, double noise, Agreement& agreement) {
    ASSERT_EQ(found.names(), engine.names()) << name;
    std::size_t at = 0;
    for (std::size_t row = 0; row < engine.rows(); ++row) {
      while (at < found.rows() && !is_same_place(found, at, engine, row)) ++at;
      ASSERT_LT(at, found.rows()) << name << ": no site for row " << row;
      for (std::size_t c = 0; c < engine.names().size(); ++c) {
        const std::string& column = engine.names()[c];
        if (column == "lon" || column == "lat" || column == "depth") continue;
        const double theirs = std::stod(engine.cells()[row][c]);
        if (theirs > least) agreement.add(std::stod(found.cells()[at][c]), theirs, noise);
      }
    }
  }

  const ScratchFolder folder_;
  std::filesystem::path expected_;
};

TEST_P(ClassicalTest, CurvesMapsAndSpectraAreThoseOfTheEngine) {
  run();
  // The engine sums probabilities in single precision: 2e-7 of its own.
  const Agreement curves = compare("_curve-", 1e-6, 2e-7);
  EXPECT_GT(curves.values, 0u);
  EXPECT_LE(static_cast<double>(curves.beyond_half_percent),
            0.01 * static_cast<double>(curves.values));
  EXPECT_EQ(curves.beyond_two_percent, 0u) << "largest " << curves.largest;
  RecordProperty("poes", static_cast<int>(curves.values));
  RecordProperty("poes_beyond_half_percent", static_cast<int>(curves.beyond_half_percent));
  RecordProperty("largest_difference_of_poes", std::to_string(curves.largest));
  for (const char* product : {"_map-", "_uhs-"}) {
    const Agreement levels = compare(product, 0, 0);
    EXPECT_EQ(levels.beyond_half_percent, 0u) << product << " largest " << levels.largest;
    RecordProperty(std::string("levels") + product, static_cast<int>(levels.values));
    RecordProperty(std::string("largest_difference") + product, std::to_string(levels.largest));
  }
}

std::string name_of(const testing::TestParamInfo<const char*>& instance) {
  std::string name = std::filesystem::path(instance.param).parent_path().filename().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(California, ClassicalTest, testing::Values("california/job_classical.ini"),
                         name_of);

INSTANTIATE_TEST_SUITE_P(
    Demos, ClassicalTest,
    testing::Values("openquake_demos/AreaSourceClassicalPSHA/job.ini",
                    "openquake_demos/CharacteristicFaultSourceCase1ClassicalPSHA/job.ini",
                    "openquake_demos/CharacteristicFaultSourceCase2ClassicalPSHA/job.ini",
                    "openquake_demos/CharacteristicFaultSourceCase3ClassicalPSHA/job.ini",
                    "openquake_demos/ComplexFaultSourceClassicalPSHA/job.ini",
                    "openquake_demos/LatinSamplingClassicalPSHA/job.ini",
                    "openquake_demos/LogicTreeCase1ClassicalPSHA/job.ini",
                    "openquake_demos/LogicTreeCase2ClassicalPSHA/job.ini",
                    "openquake_demos/LogicTreeCase3ClassicalPSHA/job.ini",
                    "openquake_demos/MultiPointClassicalPSHA/job.ini",
                    "openquake_demos/NonparametricSourcesClassicalPSHA/job.ini",
                    "openquake_demos/PointSourceClassicalPSHA/job.ini",
                    "openquake_demos/SimpleFaultSourceClassicalPSHA/job.ini",
                    "openquake_demos/GMPETablePSHA/job.ini"),
    name_of);

}  // namespace
