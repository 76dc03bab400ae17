// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "export_result_file.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

using test::Folder;
using test::ResultFile;

using Table = std::vector<std::vector<std::string>>;

/// Cells of a CSV text without quotes.
Table cells_of(const std::string& csv) {
  Table table;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    table.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) table.back().push_back(cell);
  }
  return table;
}

/// The average of one file, [N + 1] rows of cells with the header.
Table average(const ResultFile& content, bool true_mean = false) {
  const Folder folder;
  content.write(folder / "out.h5");
  return cells_of(test::read_text(
      export_results(folder / "out.h5", folder / "csv", {{"avg_gmf"}, true_mean, true}).front()));
}

/// Two sites, one IMT, one event of realization 0 (weight 0.75) and one of realization 1 (weight
/// 0.25), floor 0.1.
ResultFile two_events() {
  ResultFile content;
  content.imts = {"PGA"};
  content.minimum_intensity = {0.1};
  content.sites = {{-0.50001, -0.03959, "a"}, {1, 2, "b"}};
  content.events = {{0, 0, 1, 1}, {1, 1, 2, 1}};
  content.rows = {{0, 0, {0.4F}}, {0, 1, {0.2F}}, {1, 1, {0.8F}}};
  // Site b: event 0 gave 0.05, which lies below the floor.
  content.dropped = {{}, {}, {1, std::log(0.05), std::log(0.05) * std::log(0.05)}, {}};
  return content;
}

TEST(ExportAverageTest, PutsTheFloorForMissingValuesAndWeighsRealizations) {
  const Table table = average(two_events());
  ASSERT_EQ(table.size(), 3U);
  EXPECT_THAT(table[0], testing::ElementsAre("custom_site_id", "lon", "lat", "PGA"));
  // 0.4^0.75 0.2^0.25 = 0.336358566; 0.1^0.75 0.8^0.25 = 0.168179283 (by hand).
  EXPECT_THAT(table[1], testing::ElementsAre("a", "-5.00010E-01", "-3.95900E-02", "3.36359E-01"));
  EXPECT_THAT(table[2], testing::ElementsAre("b", "1.00000E+00", "2.00000E+00", "1.68179E-01"));
}

TEST(ExportAverageTest, CountsDroppedValuesInTheTrueMean) {
  const Table table = average(two_events(), true);
  EXPECT_EQ(table[1][3], "3.36359E-01");
  // 0.05^0.75 0.8^0.25 = 0.1 (0.05^3 x 0.8 = 1e-4).
  EXPECT_EQ(table[2][3], "1.00000E-01");
}

TEST(ExportAverageTest, LiftsValuesBelowTheFloor) {
  ResultFile content = two_events();
  content.rows[1].values = {0.05F};
  // 0.4^0.75 0.1^0.25 = 0.282842712; the true mean 0.4^0.75 0.05^0.25 = 0.237841423.
  EXPECT_EQ(average(content)[1][3], "2.82843E-01");
  EXPECT_EQ(average(content, true)[1][3], "2.37841E-01");
}

TEST(ExportAverageTest, TakesTheStandingFloorWhereNoneIsGiven) {
  ResultFile content = two_events();
  content.minimum_intensity.clear();
  content.dropped.clear();
  // 1e-10^0.75 0.8^0.25 = 2.99069756e-8.
  EXPECT_EQ(average(content)[2][3], "2.99070E-08");
  EXPECT_EQ(average(content, true)[2][3], "8.00000E-01");
}

TEST(ExportAverageTest, WritesNanWhereNothingWasComputed) {
  ResultFile content = two_events();
  content.rows.pop_back();
  content.dropped = std::vector<test::Dropped>(4);
  EXPECT_EQ(average(content, true)[2][3], "NAN");
}

TEST(ExportAverageTest, GivesNoTrueMeanWithoutTheDroppedSums) {
  ResultFile content = two_events();
  content.dropped.clear();
  EXPECT_THROW(average(content, true), core::Error);
}

/// A demo of the peer, read back from its own export.
struct Demo {
  ResultFile content;
  std::string folder;
};

Demo read_demo(const std::string& name) {
  const char* reference = std::getenv("SHAKEFIELD_REFERENCE_DIR");
  Demo demo;
  if (!reference) return demo;
  demo.folder = std::string(reference) + "/cases/openquake_demos/" + name + "/expected/";
  const auto table = [&](const char* file) {
    return cells_of(test::without_comment(test::read_text(demo.folder + file)));
  };
  ResultFile& c = demo.content;
  c.sites.clear();
  c.weights = {1};
  c.branch_paths = {"[BooreAtkinson2008]"};
  c.imts.clear();
  c.rows.clear();
  c.mode = "scenario";
  std::map<std::string, std::uint32_t> ids;
  const Table sites = table("sitemesh.csv"), events = table("events.csv"),
              rows = table("gmf-data.csv");
  for (std::size_t i = 1; i < sites.size(); ++i) {
    ids[sites[i][0]] = static_cast<std::uint32_t>(i - 1);
    c.sites.push_back({std::stod(sites[i][1]), std::stod(sites[i][2]), sites[i][0]});
  }
  c.events.assign(events.size() - 1, {0, 0, 0, 1});
  const std::size_t num_imts = rows[0].size() - 2;
  for (std::size_t m = 0; m < num_imts; ++m) c.imts.push_back(rows[0][1 + m].substr(4));
  for (std::size_t i = 1; i < rows.size(); ++i) {
    c.rows.push_back(
        {ids.at(rows[i].back()), static_cast<std::uint32_t>(std::stoul(rows[i][0])), {}});
    for (std::size_t m = 0; m < num_imts; ++m)
      c.rows.back().values.push_back(std::stof(rows[i][1 + m]));
  }
  return demo;
}

class PeerDemoTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    demo_ = read_demo(GetParam());
    if (demo_.folder.empty()) GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set";
  }
  Demo demo_;
};

// The expected files were exported by OpenQuake 3.26.2. Their fields, put into a result file and
// exported by us, must give the same bytes (line 1 apart) and the same averages to the six digits
// that the fields have.

TEST_P(PeerDemoTest, GivesTheSameBytes) {
  const Folder folder;
  demo_.content.write(folder / "out.h5");
  for (const auto& path :
       export_results(folder / "out.h5", folder / "csv",
                      {{"gmf-data", "sitemesh", "events", "realizations"}, false, true}))
    EXPECT_TRUE(test::read_text(path) ==
                test::without_comment(test::read_text(demo_.folder + path.filename().string())))
        << path.filename();
}

TEST_P(PeerDemoTest, GivesTheSameAverages) {
  const Table ours = average(demo_.content);
  const Table peers =
      cells_of(test::without_comment(test::read_text(demo_.folder + "avg_gmf.csv")));
  ASSERT_EQ(ours.size(), peers.size());
  EXPECT_EQ(ours[0], peers[0]);
  for (std::size_t i = 1; i < ours.size(); ++i) {
    for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(ours[i][j], peers[i][j]);
    for (std::size_t j = 3; j < ours[i].size(); ++j)
      EXPECT_NEAR(std::stod(ours[i][j]) / std::stod(peers[i][j]), 1, 1.1e-5);
  }
}

INSTANTIATE_TEST_SUITE_P(Demos, PeerDemoTest,
                         testing::Values("ScenarioCase1", "ScenarioCase2", "ScenarioCase3"),
                         [](const auto& demo) { return demo.param; });

}  // namespace
}  // namespace shakefield::calc
