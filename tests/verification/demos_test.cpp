// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The OpenQuake engine's scenario and event-based demonstration jobs, run as they are, against what
// the engine 3.26.2 exported. Random numbers are not shared, so tables of sites, realizations and
// events must agree, fields and numbers of events only as samples of the same distribution do.
// The jobs are not part of the project: folder named by SHAKEFIELD_REFERENCE_DIR.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "csv_table.hpp"
#include "run_results.hpp"
#include "shakefield/calc/export.hpp"
#include "statistics.hpp"

namespace {

using namespace shakefield;
using statistics::Moments;

/// Runs a demo and exports its CSV files beside it.
class DemoTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (job_runs::reference_dir().empty())
      GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set: the demonstration jobs are not at hand";
  }

  std::filesystem::path demo() const {
    return job_runs::reference_dir() / "cases/openquake_demos" / GetParam();
  }
  CsvTable expected(const std::string& name) const {
    return CsvTable(demo() / "expected" / (name + ".csv"));
  }

  calc::Results run(const job::Overrides& overrides = {}) {
    job_runs::run({}, run_results::read(demo() / "job.ini", overrides), folder_ / "run.h5");
    for (const std::filesystem::path& path :
         calc::export_results(folder_ / "run.h5", folder_.path()))
      exported_[path.stem().string()] = path;
    return calc::Results(folder_ / "run.h5");
  }
  CsvTable exported(const std::string& name) const { return CsvTable(exported_.at(name)); }

  void expect_equal_text(const std::string& name) const {
    EXPECT_EQ(exported(name).names(), expected(name).names()) << name;
    EXPECT_EQ(exported(name).cells(), expected(name).cells()) << name;
  }
  void expect_equal_realizations() const {
    const CsvTable found = exported("realizations"), engine = expected("realizations");
    EXPECT_EQ(found.names(), engine.names());
    ASSERT_EQ(found.rows(), engine.rows());
    for (std::size_t r = 0; r < engine.rows(); ++r) {
      EXPECT_EQ(found.text(r, "rlz_id"), engine.text(r, "rlz_id"));
      EXPECT_EQ(found.text(r, "branch_path"), engine.text(r, "branch_path"));
      EXPECT_NEAR(found(r, "weight"), engine(r, "weight"), 1e-7);  // single precision there
    }
  }

 private:
  const ScratchFolder folder_;
  std::map<std::string, std::filesystem::path> exported_;
};

using ScenarioDemoTest = DemoTest;

TEST_P(ScenarioDemoTest, TablesAreThoseOfTheEngine) {
  run();
  expect_equal_text("sitemesh");
  expect_equal_text("events");
  expect_equal_realizations();
  EXPECT_EQ(exported("gmf-data").names(), expected("gmf-data").names());
  EXPECT_EQ(exported("gmf-data").rows(), expected("gmf-data").rows());
  EXPECT_EQ(exported("avg_gmf").names(), expected("avg_gmf").names());
  EXPECT_EQ(exported("avg_gmf").rows(), expected("avg_gmf").rows());
  const CsvTable found = exported("sigma_epsilon"), engine = expected("sigma_epsilon");
  EXPECT_EQ(found.names(), engine.names());
  ASSERT_EQ(found.rows(), engine.rows());
  for (const std::string& name : engine.names()) {
    if (!name.starts_with("sig_inter")) continue;
    for (std::size_t e = 0; e < engine.rows(); ++e)
      EXPECT_NEAR(found(e, name), engine(e, name), 1e-5) << name;
  }
}

// Mean of ln at every site, without the shared event terms, which both files tell: the engine's 10
// fields against 1,000 of ours.
TEST_P(ScenarioDemoTest, MeansOfTheFieldsAgreeWithinTheirErrors) {
  const calc::Results results = run({{"number_of_ground_motion_fields", "1000"}});
  const run_results::DenseFields fields(results);
  const run_results::EventTerms terms(results);
  const CsvTable engine = expected("gmf-data"), engine_terms = expected("sigma_epsilon");
  const std::size_t engine_events = engine_terms.rows();
  ASSERT_EQ(engine.rows(), engine_events * fields.sites);
  for (std::size_t m = 0; m < fields.ln.size(); ++m) {
    const std::string imt = results.gmf_layout().imts[m];
    const std::vector<double> engine_values = engine.column("gmv_" + imt),
                              engine_tau = engine_terms.column("sig_inter_" + imt),
                              engine_eta = engine_terms.column("eps_inter_" + imt);
    const double errors_ratio = std::sqrt(1.0 / static_cast<double>(engine_events) +
                                          1.0 / static_cast<double>(fields.events));
    Moments errors;
    for (std::size_t n = 0; n < fields.sites; ++n) {
      Moments ours, theirs;
      for (std::size_t e = 0; e < fields.events; ++e)
        ours.add(fields.at(m, e, n) - terms.tau[m][e] * terms.eta[m][e]);
      // Rows of the engine stand event by event in the order of the sites.
      for (std::size_t e = 0; e < engine_events; ++e)
        theirs.add(std::log(engine_values[e * fields.sites + n]) - engine_tau[e] * engine_eta[e]);
      const double z = (theirs.mean() - ours.mean()) / (ours.sd() * errors_ratio);
      EXPECT_LT(std::abs(z), 4.5) << imt << " at site " << n;
      errors.add(z);
    }
    // Correlated neighbours make somewhat fewer independent points.
    EXPECT_LT(std::abs(errors.mean()), 5 / std::sqrt(static_cast<double>(errors.size()))) << imt;
    EXPECT_NEAR(errors.sd(), 1, 0.15) << imt;
  }
}

INSTANTIATE_TEST_SUITE_P(Demos, ScenarioDemoTest,
                         testing::Values("ScenarioCase1", "ScenarioCase2", "ScenarioCase3"),
                         [](const auto& instance) { return std::string(instance.param); });

class EventBasedDemoTest : public DemoTest {
 protected:
  static constexpr double years = 50.0 * 250 * 4;  ///< of all realizations
};

TEST_P(EventBasedDemoTest, SitesAndRealizationsAreThoseOfTheEngine) {
  run();
  expect_equal_text("sitemesh");
  expect_equal_realizations();
  EXPECT_EQ(exported("ruptures").names(), expected("ruptures").names());
  EXPECT_EQ(exported("gmf-data").names(), expected("gmf-data").names());
  for (const double value : exported("gmf-data").column("gmv_PGA")) EXPECT_GE(value, 0.05);
}

TEST_P(EventBasedDemoTest, EventsByMagnitudeAgreeWithinFourDeviations) {
  const calc::Results results = run();
  const core::Array ruptures = store::read_array(results.file(), "/ruptures");
  const std::vector<double> mag = ruptures.column_f64("mag");
  const std::vector<std::int64_t> occurrences = ruptures.column_i64("occurrences");
  std::map<long, double> counts;  // by tenths of a magnitude
  for (std::size_t i = 0; i < mag.size(); ++i)
    counts[std::lround(mag[i] * 10)] += static_cast<double>(occurrences[i]);
  const CsvTable engine = expected("event_based_mfd");
  EXPECT_EQ(counts.size(), engine.rows());
  for (std::size_t i = 0; i < engine.rows(); ++i) {
    const double theirs = engine(i, "freq") * years,
                 ours = counts[std::lround(engine(i, "mag") * 10)];
    EXPECT_NEAR(ours, theirs, 4 * std::sqrt(ours + theirs)) << engine(i, "mag");
  }
}

// Two samples of the same Poisson numbers: every rupture of the engine must be one of ours, with
// the same mean number of occurrences.
TEST_P(EventBasedDemoTest, RupturesOccurAsOftenAsTheEngines) {
  run();
  using Key = std::tuple<std::string, long, long, long, long, long>;
  const auto occurrences = [](const CsvTable& table) {
    std::map<Key, double> by_rupture;
    for (std::size_t i = 0; i < table.rows(); ++i)
      by_rupture[{table.text(i, "source_id"), std::lround(table(i, "mag") * 10),
                  std::lround(table(i, "centroid_lon") * 1000),
                  std::lround(table(i, "centroid_lat") * 1000),
                  std::lround(table(i, "strike")) % 360, std::lround(table(i, "dip"))}] +=
          table(i, "multiplicity");
    return by_rupture;
  };
  std::map<Key, std::pair<double, double>> pairs;
  for (const auto& [key, n] : occurrences(exported("ruptures"))) pairs[key].first = n;
  for (const auto& [key, n] : occurrences(expected("ruptures"))) pairs[key].second = n;
  double sum = 0;
  std::size_t compared = 0, alone = 0;
  for (const auto& [key, n] : pairs) {
    if (n.first + n.second < 20) continue;
    ++compared;
    alone += n.first == 0 || n.second == 0;
    sum += (n.first - n.second) * (n.first - n.second) / (n.first + n.second);
  }
  EXPECT_GT(compared, 1000u);
  EXPECT_EQ(alone, 0u);
  const double p = boost::math::gamma_q(static_cast<double>(compared) / 2, sum / 2);
  EXPECT_GT(p, 1e-3) << sum << " of " << compared;
  EXPECT_LT(p, 1 - 1e-3) << sum << " of " << compared;
}

INSTANTIATE_TEST_SUITE_P(Demos, EventBasedDemoTest, testing::Values("EventBasedPSHA"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace
