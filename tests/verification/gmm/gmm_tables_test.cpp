// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Every registered model against its table in tests/verification/data/gsim (provenance: README.md
// there).

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "shakefield/gmm/registry.hpp"
#include "shakefield/gmm/table_io.hpp"

namespace shakefield::gmm {
namespace {

// The tables hold 6 digits of the inputs and 7 of the results.
constexpr double mean_tolerance = 1e-4;  // ln units
constexpr double deviation_tolerance = 1e-5;

/// Arguments for the values of the engine where a model departs from them because they contradict
/// its publication; all other models agree as they are. CampbellBozorgnia2003NSHMP2007: 85 of its
/// 180 rows (dips up to 70 degrees with r_jb of 5 km and more, or below Mw 5.5), where the engine's
/// hanging-wall term has no bounds. YuEtAl2013: rows with motion below 1 cm/s² or cm/s, whose
/// logarithm the engine gives with the wrong sign. tests/unit/gmm/engine_departures_test.cpp tests
/// what the models give without these arguments.
const std::map<std::string, std::map<std::string, Argument, std::less<>>> engine_arguments{
    {"CampbellBozorgnia2003NSHMP2007", {{"engine_hanging_wall", true}}},
    {"YuEtAl2013Ms", {{"engine_below_unity", true}}},
    {"YuEtAl2013MwStable", {{"engine_below_unity", true}}},
};

/// The row with the largest difference of one figure.
struct Worst {
  double difference = 0;
  std::size_t row = 0;

  Worst(const std::vector<double>& expected, const std::vector<double>& actual) {
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (const double d = std::abs(expected[i] - actual[i]); !(d <= difference)) {
        difference = d;
        row = i;
      }
  }
};

class GmmTableTest : public ::testing::TestWithParam<std::string> {};

TEST_P(GmmTableTest, AgreesOnEveryRowAndImt) {
  const char* root = std::getenv("SHAKEFIELD_SOURCE_DIR");
  ASSERT_NE(root, nullptr) << "set SHAKEFIELD_SOURCE_DIR to the root of the source tree";
  const std::string path =
      std::string(root) + "/tests/verification/data/gsim/" + GetParam() + ".csv";
  std::ifstream file(path);
  ASSERT_TRUE(file) << "no table " << path << ": every registered model needs one";
  const ValueTable expected = read_value_table(file, path);
  ASSERT_GT(expected.rows(), 0u);
  ASSERT_FALSE(expected.results.empty());

  ValueTable actual = expected;
  ModelSpec spec{.name = GetParam(), .arguments = {}};
  if (const auto it = engine_arguments.find(spec.name); it != engine_arguments.end())
    spec.arguments = it->second;
  evaluate(*make_model(spec, actual.imts()), actual);
  for (std::size_t m = 0; m < expected.results.size(); ++m) {
    const auto& want = expected.results[m];
    const auto& got = actual.results[m];
    const auto check = [&](const char* what, const auto& a, const auto& b, double tolerance) {
      const Worst worst(a, b);
      EXPECT_LE(worst.difference, tolerance)
          << want.imt.name() << ' ' << what << ", line " << worst.row + 2 << ": expected "
          << a[worst.row] << ", got " << b[worst.row];
    };
    check("mean", want.mean, got.mean, mean_tolerance);
    check("sigma", want.sigma, got.sigma, deviation_tolerance);
    check("tau", want.tau, got.tau, deviation_tolerance);
    check("phi", want.phi, got.phi, deviation_tolerance);
  }
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const ModelInfo& info : list_models()) all.push_back(info.name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(AllModels, GmmTableTest, ::testing::ValuesIn(names()),
                         [](const auto& param) { return param.param; });

}  // namespace
}  // namespace shakefield::gmm
