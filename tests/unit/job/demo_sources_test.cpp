// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Source models of the engine's demos, read from their files (the other demos:
// tests/verification/ruptures_test.cpp): counts, rates, geometry and distances of
// reference/ruptures (OpenQuake engine 3.26.2).
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "../rupture/reference_table.hpp"
#include "nrml_source.hpp"
#include "raw_job.hpp"
#include "settings.hpp"

namespace shakefield::job {
namespace {

using test::ReferenceTable;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

class MultiPointDemoTest : public testing::Test {
 protected:
  void SetUp() override {
    SHAKEFIELD_REQUIRE_REFERENCE();
    const auto path =
        *test::reference_dir() / "cases/openquake_demos/MultiPointClassicalPSHA/multipoint.xml";
    core::Problems problems;
    const SourceList list =
        read_source_model(XmlFile("multipoint.xml", text_of(path)), {}, problems);
    problems.throw_if_any();
    ASSERT_EQ(list.sources.size(), 1u);
    source = make_source(list.sources.front(), 0.1);
    table = *test::reference_dir() / "reference/ruptures/MultiPointClassicalPSHA";
  }
  /// Number of ruptures before each source id: the engine splits long sources into parts.
  static std::map<std::string, std::size_t> starts(const ReferenceTable& summary) {
    std::map<std::string, std::size_t> first;
    std::size_t count = 0;
    for (std::size_t i = 0; i < summary.size(); ++i) {
      first.emplace(summary.text(i, "source_id"), count);
      count += static_cast<std::size_t>(summary(i, "num_ruptures"));
    }
    return first;
  }

  source::SourcePtr source;
  std::filesystem::path table;
};

TEST_F(MultiPointDemoTest, CountsAndRatesByMagnitudeAreThoseOfThePeer) {
  std::map<long, std::pair<double, double>> ours, theirs;  // number, rate
  source->for_each_rate(0, source->num_ruptures(), [&](std::size_t, double mag, double rate) {
    auto& [count, sum] = ours[std::lround(mag * 1000)];
    count += 1;
    sum += rate;
  });
  const ReferenceTable summary(table.string() + "_summary.csv");
  for (std::size_t i = 0; i < summary.size(); ++i) {
    auto& [count, sum] = theirs[std::lround(summary(i, "mag") * 1000)];
    count += summary(i, "num_ruptures");
    sum += summary(i, "annual_rate");
  }
  ASSERT_EQ(ours.size(), theirs.size());
  for (const auto& [mag, their] : theirs) {
    EXPECT_EQ(ours[mag].first, their.first) << mag;
    EXPECT_NEAR(ours[mag].second / their.second, 1, 1e-8) << mag;
  }
}

TEST_F(MultiPointDemoTest, RupturesAreThoseOfThePeer) {
  const std::vector<geo::Point> sites = test::sites_of(table.string() + ".csv");
  auto first = starts(ReferenceTable(table.string() + "_summary.csv"));
  const ReferenceTable t(table.string() + ".csv");
  for (std::size_t i = 0; i < t.size(); ++i) {
    const auto index = first[t.text(i, "source_id")] + static_cast<std::size_t>(t(i, "index"));
    SCOPED_TRACE(testing::Message() << "rupture " << index);
    test::expect_same_rupture(source->rupture(index), t, i, sites, 2e-3);  // 0.14 % at 45 km
  }
}

TEST(WesternCanadaTest, SourcesGiveAsManyRupturesAsWithThePeer) {
  // 81 area, simple and complex fault sources of the demo MedianSpectrum; number counted by the
  // engine at these spacings.
  SHAKEFIELD_REQUIRE_REFERENCE();
  const auto path = *test::reference_dir() /
                    "cases/openquake_demos/MedianSpectrum/CanadaSHM6_NBCC2020_WesternCanada.xml";
  SourceOptions options;
  options.spacings = {5, 5};
  options.area_discretization_km = 10;
  core::Problems problems;
  const SourceList list = read_source_model(XmlFile("model", text_of(path)), options, problems);
  problems.throw_if_any();
  EXPECT_EQ(list.sources.size(), 81u);
  std::size_t ruptures = 0;
  for (const SourceDescription& source : list.sources)
    ruptures += make_source(source, 0.1)->num_ruptures();
  EXPECT_EQ(ruptures, 23563863u);
}

/// Also of the jobs that are refused as a whole, for a model that is not there yet.
TEST(DemoParametersTest, EveryLineOfEveryJobIsKnown) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  std::size_t jobs = 0, parameters = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*test::reference_dir() /
                                                                         "cases/openquake_demos")) {
    if (entry.path().extension() != ".ini") continue;
    ++jobs;
    core::Problems problems;
    const RawJob raw = read_ini(text_of(entry.path()), entry.path().string(), problems);
    const Settings settings(raw, {}, entry.path().string(), problems);
    for (const core::Problem& problem : problems.errors())
      EXPECT_EQ(problem.kind, core::ErrorKind::unsupported) << problem.text();
    EXPECT_EQ(settings.given_parameters().size(), raw.size()) << entry.path();
    for (const GivenParameter& given : settings.given_parameters()) {
      ++parameters;
      EXPECT_NE(find_parameter(given.name), nullptr) << entry.path() << ": " << given.name;
      EXPECT_FALSE(given.text.empty()) << entry.path() << ": " << given.name;
    }
  }
  EXPECT_EQ(jobs, 20u);
  EXPECT_GT(parameters, 350u);
}

TEST(DemoParametersTest, EveryParameterIsUsedOrSaysWhyNot) {
  SHAKEFIELD_REQUIRE_REFERENCE();
  std::size_t read_jobs = 0, parameters = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(*test::reference_dir() / "cases/openquake_demos")) {
    InputFiles files;
    try {
      const Job job = read_job(entry.path() / "job.ini", {}, files);
      ++read_jobs;
      for (const GivenParameter& given : job.given) {
        ++parameters;
        EXPECT_FALSE(given.text.empty()) << entry.path() << ": " << given.name;
        EXPECT_NE(given.status, Status::unsupported) << entry.path() << ": " << given.name;
      }
    } catch (const core::Error& e) {
      EXPECT_EQ(core::exit_status(e.kind()), 3) << entry.path() << ": " << e.what();
    }
  }
  EXPECT_GE(read_jobs, 19u);  // all but MedianSpectrum
  EXPECT_GT(parameters, 300u);
}

}  // namespace
}  // namespace shakefield::job
