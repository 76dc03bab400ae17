// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "support.hpp"

namespace shakefield::job {
namespace {

using testing::HasSubstr;

/// Tests on the peer's jobs: folder `cases` of the reference data.
class CasesTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!reference_folder())
      GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set: the peer's cases are not at hand";
    cases = *reference_folder() / "cases";
  }
  /// Rows of a CSV below its comment and header, cut at commas.
  static std::vector<std::vector<std::string>> rows(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<std::vector<std::string>> all;
    std::string line;
    for (int i = 0; std::getline(file, line); ++i) {
      if (i < 2) continue;
      auto& row = all.emplace_back();
      std::istringstream fields(line);
      for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    }
    return all;
  }
  std::filesystem::path cases;
};

// Numbers of sites: docs/definitions, as counted from the OpenQuake engine 3.26.2.
TEST_F(CasesTest, HaywardHasTheSitesOfThePeer) {
  EXPECT_EQ(read(cases / "hayward/job.ini").sites.size(), 1543u);
  EXPECT_EQ(read(cases / "hayward/job_correlated.ini").sites.size(), 1543u);
  EXPECT_EQ(read(cases / "hayward/job_large.ini").sites.size(), 35780u);
}

TEST_F(CasesTest, TooManyCorrelatedSitesAreNotOffered) {
  try {
    read(cases / "hayward/job_large_correlated.ini");
    FAIL();
  } catch (const core::Error& e) {
    EXPECT_EQ(core::exit_status(e.kind()), 3);
    EXPECT_THAT(e.what(), HasSubstr("correlated fields at 5889 sites"));
    EXPECT_THAT(e.what(), HasSubstr("at most 2000 sites"));
  }
}

TEST_F(CasesTest, CaliforniaHasItsSitesSourcesAndRealizations) {
  const Job job = read(cases / "california/job_event_based.ini");
  EXPECT_EQ(job.sites.size(), 4649u);
  ASSERT_EQ(job.source_models.size(), 1u);
  EXPECT_EQ(job.source_models[0].sources.size(), 42u);
  ASSERT_EQ(job.tree.realizations.size(), 4u);
  EXPECT_EQ(job.tree.realizations[3].branch_path, "A~D");
  EXPECT_TRUE(job.warnings.empty());
}

TEST_F(CasesTest, ReadsTheClassicalJobOfCalifornia) {
  const Job job = read(cases / "california/job_classical.ini");
  EXPECT_EQ(job.sites.size(), 1242u);
  EXPECT_EQ(job.parameters.mode, Mode::classical);
  EXPECT_EQ(job.parameters.investigation_time_yr, 50);
  EXPECT_EQ(job.parameters.levels.at(0).size(), 20u);
  EXPECT_THAT(job.parameters.hazard.quantiles, testing::ElementsAre(0.16, 0.5, 0.84));
  EXPECT_THAT(job.parameters.hazard.poes, testing::ElementsAre(0.1, 0.02));
  EXPECT_TRUE(job.parameters.hazard.hazard_maps);
  EXPECT_TRUE(job.parameters.hazard.uniform_hazard_spectra);
  EXPECT_EQ(job.parameters.hazard.pointsource_distance.km("any", 6), 100) << "by default";
  EXPECT_TRUE(job.not_computed.empty());
}

class DemoTest : public CasesTest, public testing::WithParamInterface<const char*> {};

TEST_P(DemoTest, HasTheSitesAndRealizationsOfThePeer) {
  const auto folder = cases / "openquake_demos" / GetParam();
  const Job job = read(folder / "job.ini");
  const auto sites = rows(folder / "expected/sitemesh.csv");
  ASSERT_EQ(job.sites.size(), sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i) {
    EXPECT_EQ(job.sites.custom_ids()[i], sites[i][0]) << i;
    EXPECT_NEAR(job.sites.points()[i].lon_deg, std::stod(sites[i][1]), 1e-9) << i;
    EXPECT_NEAR(job.sites.points()[i].lat_deg, std::stod(sites[i][2]), 1e-9) << i;
  }
  const auto realizations = rows(folder / "expected/realizations.csv");
  ASSERT_EQ(job.tree.realizations.size(), realizations.size());
  for (std::size_t r = 0; r < realizations.size(); ++r) {
    EXPECT_EQ(job.tree.realizations[r].branch_path, realizations[r][1]);
    EXPECT_NEAR(job.tree.realizations[r].weight, std::stod(realizations[r][2]), 1e-7);
  }
}

INSTANTIATE_TEST_SUITE_P(Demos, DemoTest,
                         testing::Values("ScenarioCase1", "ScenarioCase2", "ScenarioCase3",
                                         "EventBasedPSHA"),
                         [](const auto& instance) { return std::string(instance.param); });

TEST_F(CasesTest, EventBasedDemoMakesHazardCurvesFromFields) {
  const Job job = read(cases / "openquake_demos/EventBasedPSHA/job.ini");
  EXPECT_TRUE(job.not_computed.empty());
  EXPECT_TRUE(job.parameters.hazard_curves_from_gmfs);
  EXPECT_THAT(job.parameters.hazard.poes, testing::ElementsAre(0.1));
  EXPECT_EQ(job.parameters.correlation_model, "");
  EXPECT_EQ(job.parameters.levels.at(0).size(), 19u);
}

TEST_F(CasesTest, EveryDemoIsReadOrNamedAsNotOffered) {
  int demos = 0;
  for (const auto& entry : std::filesystem::directory_iterator(cases / "openquake_demos")) {
    if (!exists(entry.path() / "job.ini")) continue;
    ++demos;
    try {
      read(entry.path() / "job.ini");
    } catch (const core::Error& e) {
      EXPECT_EQ(core::exit_status(e.kind()), 3) << entry.path() << ": " << e.what();
    }
  }
  EXPECT_EQ(demos, 20);
}

}  // namespace
}  // namespace shakefield::job
