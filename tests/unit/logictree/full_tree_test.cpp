// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/full_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "shakefield/core/error.hpp"

namespace shakefield::logictree {
namespace {

GmmBranchSet branch_set(const std::string& region,
                        std::vector<std::pair<std::string, double>> models) {
  GmmBranchSet set{region, region, {}};
  for (const auto& [name, weight] : models)
    set.branches.push_back({name, gmm::ModelSpec{name, {}}, weight});
  return set;
}

/// The ground-motion tree of the demo EventBasedPSHA, written in another order of the sets.
GmmTree two_regions() {
  return {
      {branch_set("Subduction Interface", {{"BooreAtkinson2008", 0.6}, {"ToroEtAl2002", 0.4}}),
       branch_set("Active Shallow Crust", {{"BooreAtkinson2008", 0.6}, {"ToroEtAl2002", 0.4}})}};
}

/// A tree of one set of source models.
SourceModelTree models(std::vector<SourceBranch> branches) {
  SourceModelTree tree;
  tree.add({"models", std::move(branches), {}});
  return tree;
}

const std::vector<std::string> regions{"Subduction Interface", "Active Shallow Crust"};

std::vector<std::string> branch_paths(const FullTree& tree) {
  std::vector<std::string> paths;
  for (const Realization& r : tree.realizations) paths.push_back(r.branch_path);
  return paths;
}

double total_weight(const FullTree& tree) {
  return std::accumulate(tree.realizations.begin(), tree.realizations.end(), 0.0,
                         [](double sum, const Realization& r) { return sum + r.weight; });
}

TEST(FullTreeTest, EnumeratesTheRealizationsOfTheEventBasedDemo) {
  // realizations.csv of the demo EventBasedPSHA, OpenQuake engine 3.26.2
  const FullTree tree = expand(models({{"b1", {"source_model.xml"}, 1.0}}), two_regions(), regions,
                               0, SamplingMethod::early_weights, 42);
  EXPECT_THAT(branch_paths(tree), testing::ElementsAre("A~AA", "A~AB", "A~BA", "A~BB"));
  EXPECT_THAT(tree.regions, testing::ElementsAre("Active Shallow Crust", "Subduction Interface"));
  const std::vector<double> weights{0.36, 0.24, 0.24, 0.16};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(tree.realizations[i].weight, weights[i], 1e-12);
  ASSERT_EQ(tree.source_paths.size(), 1u);
  EXPECT_EQ(tree.source_paths[0].num_realizations, 4u);
  EXPECT_EQ(tree.source_paths[0].samples, 1u);
}

TEST(FullTreeTest, SortsSourcePathsByTheTextOfTheirIds) {
  const SourceModelTree sources =
      models({{"b2", {"two.xml"}, 0.3}, {"b10", {"ten.xml"}, 0.5}, {"b1", {"one.xml"}, 0.2}});
  const FullTree tree = expand(sources, two_regions(), {"Active Shallow Crust"}, 0,
                               SamplingMethod::early_weights, 42);
  // letters give the place in the file, the order that of the ids
  EXPECT_THAT(branch_paths(tree), testing::ElementsAre("C~A", "C~B", "B~A", "B~B", "A~A", "A~B"));
  EXPECT_EQ(tree.source_paths[1].branch_id, "b10");
  EXPECT_EQ(tree.source_paths[1].first_realization, 2u);
  EXPECT_NEAR(tree.realizations[2].weight, 0.3, 1e-12);
}

TEST(FullTreeTest, DividesWeightsByTheirTotal) {
  const SourceModelTree sources = models({{"a", {}, 0.5}, {"b", {}, 0.50000005}});
  const FullTree tree =
      expand(sources, two_regions(), regions, 0, SamplingMethod::early_weights, 42);
  EXPECT_NEAR(total_weight(tree), 1.0, 1e-14);
}

TEST(FullTreeTest, NamesTheModelInTheScenarioPath) {
  // realizations.csv of the demo ScenarioCase1, OpenQuake engine 3.26.2
  const FullTree tree = expand({}, {{branch_set("*", {{"BooreAtkinson2008", 1.0}})}}, {"*"}, 0,
                               SamplingMethod::early_weights, 42);
  EXPECT_THAT(branch_paths(tree), testing::ElementsAre("[BooreAtkinson2008]"));
  EXPECT_EQ(tree.source_paths.size(), 1u);
}

TEST(FullTreeTest, SamplesTheGroundMotionTreeAsThePeer) {
  // The ground-motion part of LogicTreeCase2ClassicalPSHA run with 12 samples, random_seed 23, by
  // the OpenQuake engine 3.26.2: its realizations keep the order of drawing.
  const GmmTree gmms{
      {branch_set("Active Shallow Crust", {{"BooreAtkinson2008", 0.5}, {"ChiouYoungs2008", 0.5}}),
       branch_set("Stable Continental Crust", {{"ToroEtAl2002", 0.5}, {"Campbell2003", 0.5}})}};
  const FullTree tree =
      expand(models({{"b1", {}, 1.0}}), gmms, {"Active Shallow Crust", "Stable Continental Crust"},
             12, SamplingMethod::early_weights, 23);
  EXPECT_THAT(branch_paths(tree),
              testing::ElementsAre("A~AA", "A~BB", "A~BB", "A~BA", "A~BB", "A~BA", "A~BA", "A~BB",
                                   "A~AA", "A~AA", "A~BA", "A~BA"));
  EXPECT_EQ(tree.source_paths.at(0).samples, 12u);
  for (const Realization& r : tree.realizations) EXPECT_DOUBLE_EQ(r.weight, 1.0 / 12);
}

class SampledTreeTest : public testing::TestWithParam<SamplingMethod> {};

TEST_P(SampledTreeTest, EstimatesTheWeightsOfTheBranches) {
  const SourceModelTree sources = models({{"s1", {}, 0.7}, {"s2", {}, 0.2}, {"s3", {}, 0.1}});
  constexpr std::size_t n = 20000;
  const FullTree tree = expand(sources, two_regions(), regions, n, GetParam(), 1234);
  EXPECT_NEAR(total_weight(tree), 1.0, 1e-10);
  std::map<std::string, double> weight;
  for (const Realization& r : tree.realizations)
    weight[tree.source_paths[r.source_path].branch_id] += r.weight;
  // late_* estimate a ratio; 5 standard errors of the plain estimate are wide enough for both
  for (const auto& [id, expected] :
       std::map<std::string, double>{{"s1", 0.7}, {"s2", 0.2}, {"s3", 0.1}})
    EXPECT_NEAR(weight[id], expected, 5 * std::sqrt(expected / n)) << id;
}

TEST_P(SampledTreeTest, KeepsTheSamplesOfASourcePathTogether) {
  const SourceModelTree sources = models({{"s1", {}, 0.7}, {"s2", {}, 0.2}, {"s3", {}, 0.1}});
  const FullTree tree = expand(sources, two_regions(), regions, 50, GetParam(), 5);
  std::uint32_t next = 0;
  for (std::size_t p = 0; p < tree.source_paths.size(); ++p) {
    const SourcePath& path = tree.source_paths[p];
    EXPECT_EQ(path.first_realization, next);
    EXPECT_EQ(path.samples, path.num_realizations);
    for (std::uint32_t r = next; r < next + path.num_realizations; ++r)
      EXPECT_EQ(tree.realizations[r].source_path, p);
    next += path.num_realizations;
  }
  EXPECT_EQ(next, 50u);
}

INSTANTIATE_TEST_SUITE_P(Methods, SampledTreeTest,
                         testing::Values(SamplingMethod::early_weights,
                                         SamplingMethod::late_weights, SamplingMethod::early_latin,
                                         SamplingMethod::late_latin));

TEST(FullTreeTest, CountsEachLateSampleOnce) {
  const SourceModelTree sources = models({{"s1", {}, 0.75}, {"s2", {}, 0.25}});
  const GmmTree gmms{{branch_set("r", {{"BooreAtkinson2008", 1.0}})}};
  const FullTree tree = expand(sources, gmms, {"r"}, 8, SamplingMethod::late_latin, 3);
  // four samples each: weights 0.75 and 0.25 shared by four
  for (const Realization& r : tree.realizations)
    EXPECT_NEAR(r.weight, r.branch_path == "A~A" ? 0.1875 : 0.0625, 1e-12);
}

TEST(FullTreeTest, NamesARegionWithoutModels) {
  try {
    expand(models({{"b", {}, 1.0}}), two_regions(), {"Volcanic"}, 0, SamplingMethod::early_weights,
           42);
    FAIL();
  } catch (const core::Error& e) {
    EXPECT_EQ(e.kind(), core::ErrorKind::data);
    EXPECT_THAT(e.what(), testing::HasSubstr("'Volcanic'"));
  }
}

TEST(FullTreeTest, RefusesTooManyPaths) {
  EXPECT_THROW(expand(models({{"b", {}, 1.0}}), two_regions(), regions, 0,
                      SamplingMethod::early_weights, 42, 3),
               core::Error);
  EXPECT_NO_THROW(expand(models({{"b", {}, 1.0}}), two_regions(), regions, 2,
                         SamplingMethod::early_weights, 42, 3));
}

TEST(BranchLetterTest, FollowsTheAlphabetOfThePeer) {
  EXPECT_EQ(branch_letter(0), "A");
  EXPECT_EQ(branch_letter(26), "[");
  EXPECT_EQ(branch_letter(31), "a");
  EXPECT_EQ(branch_letter(88), "@");
  EXPECT_EQ(branch_letter(89), "\u00a1");
  EXPECT_EQ(branch_letter(182), "\u00ff");
  EXPECT_THROW(branch_letter(183), core::Error);
}

}  // namespace
}  // namespace shakefield::logictree
