// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// Logic trees of whole jobs: the peer's demos, shared source models, bad trees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "support.hpp"

namespace shakefield::job {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const Overrides as_event_sets{{"calculation_mode", "event_based"},
                              {"ses_per_logic_tree_path", "1"}};

Overrides with(Overrides more) {
  more.insert(more.end(), as_event_sets.begin(), as_event_sets.end());
  return more;
}

class PeerTreeTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!reference_folder())
      GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set: the peer's cases are not at hand";
    demos = *reference_folder() / "cases/openquake_demos";
  }
  std::filesystem::path demos;
};

class PeerRealizationsTest : public PeerTreeTest,
                             public testing::WithParamInterface<const char*> {};

/// Path and weight of every realization, as the engine 3.26.2 exported them.
TEST_P(PeerRealizationsTest, AreThoseOfThePeer) {
  const auto folder = demos / GetParam();
  const Job job = read(folder / "job.ini", as_event_sets);
  std::ifstream file(folder / "expected/realizations.csv");
  std::string line;
  std::getline(file, line);
  std::getline(file, line);
  std::size_t r = 0;
  for (; std::getline(file, line); ++r) {
    ASSERT_LT(r, job.tree.realizations.size());
    std::istringstream row(line);
    std::string id, path, weight;
    std::getline(std::getline(std::getline(row, id, ','), path, ','), weight);
    EXPECT_EQ(job.tree.realizations[r].branch_path, path);
    EXPECT_EQ(static_cast<float>(job.tree.realizations[r].weight), std::stof(weight)) << path;
  }
  EXPECT_EQ(r, job.tree.realizations.size());
}

INSTANTIATE_TEST_SUITE_P(Demos, PeerRealizationsTest,
                         testing::Values("LogicTreeCase1ClassicalPSHA",
                                         "LogicTreeCase2ClassicalPSHA",
                                         "LogicTreeCase3ClassicalPSHA",
                                         "LatinSamplingClassicalPSHA"),
                         [](const auto& instance) { return std::string(instance.param); });

std::vector<std::string> branch_paths(const Job& job) {
  std::vector<std::string> paths;
  for (const auto& r : job.tree.realizations) paths.push_back(r.branch_path);
  return paths;
}

// Samples drawn by the engine 3.26.2.
TEST_F(PeerTreeTest, DrawsTheSamplesOfThePeer) {
  const auto ini = demos / "LogicTreeCase2ClassicalPSHA/job.ini";
  EXPECT_THAT(branch_paths(read(ini, with({{"number_of_logic_tree_samples", "12"}}))),
              ElementsAre("AAACB~AA", "AABCB~BB", "AACBC~BB", "ABAAB~BA", "ABABA~BB", "ABBAB~BA",
                          "ABBCC~BA", "ABCAC~BB", "ABCBC~AA", "ACABC~AA", "ACBAB~BA", "ACBCB~BA"));
  EXPECT_THAT(branch_paths(read(ini, with({{"number_of_logic_tree_samples", "6"},
                                           {"sampling_method", "late_weights"}}))),
              ElementsAre("AAACB~AA", "ABAAB~BB", "ABABA~BB", "ABBCC~BA", "ABCBC~BB", "ACABC~BA"));
}

TEST_F(PeerTreeTest, MakesASourceOnceForEachSetOfChanges) {
  // two sources with 3 x 3 variants each in 81 paths
  const Job job = read(demos / "LogicTreeCase2ClassicalPSHA/job.ini", as_event_sets);
  EXPECT_THAT(job.tree.source_paths, SizeIs(81));
  EXPECT_THAT(job.source_models, SizeIs(18));
  for (const auto& path : job.tree.source_paths) EXPECT_THAT(path.models, SizeIs(2));
  std::set<std::uint64_t> keys;
  for (const PathSource& row : path_sources(job)) keys.insert(row.key);
  EXPECT_THAT(keys, SizeIs(162));
}

TEST_F(PeerTreeTest, AppliesChangesInTheOrderOfThePath) {
  // b + 0.1, 0, - 0.1, then mmax + 0, 0.5, 1, each keeping the moment rate: annual rates of
  // both sources in the engine 3.26.2, path by path
  const Job job = read(demos / "LogicTreeCase3ClassicalPSHA/job.ini", as_event_sets);
  const std::vector<double> of_fault{
      1.654873242568668e-03, 8.257105370721655e-04, 4.373472207887006e-04,
      1.590614093333198e-03, 7.383469827670419e-04, 3.595331786909840e-04,
      1.528214311535740e-03, 6.587973128354625e-04, 2.944872842278020e-04};
  const std::vector<double> of_area{
      3.873747281334913e-01, 2.296663637706155e-01, 1.393243025385446e-01,
      3.130654883566685e-01, 1.691554411653762e-01, 9.284604989415106e-02,
      2.515056802150821e-01, 1.233522343217369e-01, 6.098907980931507e-02};
  ASSERT_THAT(job.tree.source_paths, SizeIs(9));
  EXPECT_THAT(job.source_models, SizeIs(9));
  for (const PathSource& row : path_sources(job)) {
    double total = 0;
    row.source->for_each_rate(0, row.source->num_ruptures(),
                              [&](std::size_t, double, double rate) { total += rate; });
    const double expected = (row.source->id() == "2" ? of_fault : of_area)[row.path];
    EXPECT_NEAR(total / expected, 1, 1e-9) << row.source->id() << ' ' << row.path;
  }
}

/// A tree of the fixtures: `sets` behind the set of source models.
class BadTree : public BrokenJob {
 public:
  explicit BadTree(const std::string& sets) {
    replace("trees/sources.xml", "</logicTree>", sets + "</logicTree>");
  }
  std::string message() const {
    const auto found = error("event_based.ini");
    return found ? std::to_string(core::exit_status(found->kind())) + ' ' + found->what() : "";
  }
};

std::string set_of(const std::string& type, const std::string& attributes, const std::string& value,
                   const std::string& id = "new") {
  return "<logicTreeBranchSet branchSetID='" + id + "' uncertaintyType='" + type + "' " +
         attributes + "><logicTreeBranch branchID='" + id + "1'><uncertaintyModel>" + value +
         "</uncertaintyModel><uncertaintyWeight>1</uncertaintyWeight></logicTreeBranch>"
         "</logicTreeBranchSet>\n";
}

TEST(LogicTreeTest, NamesWhatIsWrongInTheTree) {
  const auto message = [](const std::string& sets) { return BadTree(sets).message(); };
  EXPECT_THAT(message(set_of("bGRRelative", "applyToSources='nobody'", "0.1")),
              testing::AllOf(HasSubstr("2 "), HasSubstr("sources.xml:"),
                             HasSubstr("names the source 'nobody' (no source model has it)")));
  EXPECT_THAT(message(set_of("bGRRelative", "applyToTectonicRegionType='Moon'", "0.1")),
              HasSubstr("'Moon' is the region of no source"));
  EXPECT_THAT(message(set_of("bGRRelative", "applyToSourceType='volcano'", "0.1")),
              HasSubstr("'volcano' is the type of no source"));
  EXPECT_THAT(message(set_of("bGRRelative", "applyToBranches='b9'", "0.1")),
              HasSubstr("applyToBranches names the branch 'b9' (no earlier branch set has it)"));
  EXPECT_THAT(
      message(set_of("bGRRelative", "applyToSources='a1' applyToTectonicRegionType='x'", "0.1")),
      HasSubstr("several filters"));
  EXPECT_THAT(message(set_of("maxMagGRAbsolute", "", "7")), HasSubstr("is for one source"));
  EXPECT_THAT(message(set_of("fooAbsolute", "", "7")),
              testing::AllOf(testing::StartsWith("2 "), HasSubstr("'fooAbsolute' is unknown")));
  EXPECT_THAT(message(set_of("sourceModel", "", "area.xml")), HasSubstr("a second branch set"));
  std::string by_imt = set_of("bGRRelative", "", "0.1");
  by_imt.replace(by_imt.find("</logicTreeBranch>"), 0,
                 "<uncertaintyWeight imt='PGA'>1</uncertaintyWeight>");
  EXPECT_THAT(message(by_imt), HasSubstr("weights by intensity measure"));
  EXPECT_THAT(message(set_of("bGRRelative", "applyToSources='a1'", "0.1") +
                      set_of("extendModel", "", "area.xml", "late")),
              HasSubstr("must follow sourceModel"));
  EXPECT_THAT(message(set_of("bGRRelative", "", "0.1") + set_of("bGRRelative", "", "0.2")),
              HasSubstr("branchSetID 'new' is used twice"));
  EXPECT_THAT(message(set_of("extendModel", "", "area.xml")),
              HasSubstr("extendModel adds the source 'a1'"));
  EXPECT_THAT(message(set_of("bGRRelative", "applyToSources='a1'", "-1.5")),
              HasSubstr("bGRRelative cannot be used for the source 'a1'"));
}

TEST(LogicTreeTest, ChangesOnlyWhatTheFilterNames) {
  const BadTree job(set_of("maxMagGRRelativeNoMoBalance", "applyToSources='a1'", "0.5"));
  ASSERT_EQ(job.message(), "");
  const Job before = read(data_folder() / "event_based.ini");
  const Job after = read(job / "event_based.ini");
  const auto old_sources = path_sources(before), sources = path_sources(after);
  ASSERT_EQ(sources.size(), old_sources.size());
  for (const PathSource& row : sources) {
    const auto old = std::ranges::find_if(
        old_sources, [&](const PathSource& o) { return o.source->id() == row.source->id(); });
    EXPECT_NEAR(row.source->max_mag(),
                old->source->max_mag() + (row.source->id() == "a1" ? 0.5 : 0), 1e-9);
    EXPECT_NE(row.key, old->key) << "another path, another stream";
  }
}

TEST(LogicTreeTest, ExtendsModelsByFiles) {
  // b2 = faults and area, b1 = area; only b1 is extended, by the faults or by a copy of the area
  const BadTree job(
      "<logicTreeBranchSet branchSetID='more' uncertaintyType='extendModel' applyToBranches='b1'>"
      "<logicTreeBranch branchID='e1'><uncertaintyModel>faults.xml</uncertaintyModel>"
      "<uncertaintyWeight>0.4</uncertaintyWeight></logicTreeBranch>"
      "<logicTreeBranch branchID='e2'><uncertaintyModel>copy.xml</uncertaintyModel>"
      "<uncertaintyWeight>0.6</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet>");
  std::string copy = job.text("trees/area.xml");
  copy.replace(copy.find("id=\"a1\""), 7, "id=\"a2\"");
  job.write("trees/copy.xml", copy);
  ASSERT_EQ(job.message(), "");
  const Job extended = read(job / "event_based.ini");
  std::map<std::string, std::set<std::string>> ids;
  for (const PathSource& row : path_sources(extended))
    ids[extended.tree.source_paths[row.path].branch_id].insert(row.source->id());
  ASSERT_THAT(ids, SizeIs(3));
  EXPECT_THAT(ids["b1~e1"], SizeIs(3));
  EXPECT_THAT(ids["b1~e2"], ElementsAre("a1", "a2"));
  EXPECT_EQ(ids["b1~e1"], ids["b2~."]);
  EXPECT_THAT(extended.source_models, SizeIs(3)) << "one a file";
  EXPECT_NEAR(extended.tree.source_paths[0].weight, 0.25 * 0.4, 1e-15);
}

TEST(LogicTreeTest, ReadsWeightsByIntensityMeasure) {
  const BrokenJob job;
  ASSERT_TRUE(job.replace("trees/gmms.xml", "<uncertaintyWeight>0.6</uncertaintyWeight>",
                          "<uncertaintyWeight>0.6</uncertaintyWeight><uncertaintyWeight "
                          "imt='PGA'>0.9</uncertaintyWeight>"));
  const auto found = job.error("event_based.ini");
  ASSERT_TRUE(found);
  EXPECT_THAT(found->what(), HasSubstr("for PGA sum to 1.3"));
  ASSERT_TRUE(job.replace("trees/gmms.xml", "<uncertaintyWeight>0.4</uncertaintyWeight>",
                          "<uncertaintyWeight>0.4</uncertaintyWeight><uncertaintyWeight "
                          "imt='PGA'>0.1</uncertaintyWeight>"));
  const Job read_job = read(job / "event_based.ini");
  EXPECT_THAT(read_job.tree.weighted_imts, ElementsAre("PGA"));
  ASSERT_THAT(read_job.warnings, SizeIs(1)) << "they serve curves, not events";
  EXPECT_THAT(read_job.warnings[0].message, HasSubstr("weights by intensity measure"));
  const auto weights = logictree::realization_weights(read_job.tree, "PGA");
  EXPECT_NEAR(weights[0] / weights[1], 9, 1e-9);
  EXPECT_NEAR(read_job.tree.realizations[0].weight / read_job.tree.realizations[1].weight, 1.5,
              1e-9);
}

}  // namespace
}  // namespace shakefield::job
