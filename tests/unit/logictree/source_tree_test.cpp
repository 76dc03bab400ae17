// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/source_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "shakefield/core/error.hpp"
#include "shakefield/logictree/full_tree.hpp"

namespace shakefield::logictree {
namespace {

using testing::ElementsAre;

SourceBranchSet set_of(const std::string& id,
                       const std::vector<std::pair<std::string, double>>& branches,
                       std::vector<std::string> apply_to_branches = {}) {
  SourceBranchSet set{id, {}, std::move(apply_to_branches)};
  for (const auto& [name, weight] : branches) set.branches.push_back({name, {}, weight});
  return set;
}

SourceModelTree tree_of(const std::vector<SourceBranchSet>& sets) {
  SourceModelTree tree;
  for (const SourceBranchSet& set : sets) tree.add(set);
  return tree;
}

std::vector<std::string> sorted_ids(const SourceModelTree& tree) {
  std::vector<std::string> ids;
  for (const TreePath& path : tree.enumerate()) ids.push_back(tree.path_id(path.steps));
  std::sort(ids.begin(), ids.end());
  return ids;
}

// Paths of the OpenQuake engine 3.26.2 for these trees (PYTHONHASHSEED=1 where the number of
// dummies of a path depends on it).
const SourceBranchSet models = set_of("s", {{"m2", 0.6}, {"m1", 0.4}});
const SourceBranchSet behind_m1 = set_of("b", {{"b1", 0.3}, {"b2", 0.7}}, {"m1"});
const SourceBranchSet on_all = set_of("x", {{"x1", 0.5}, {"x2", 0.5}});

TEST(SourceModelTreeTest, GivesDummiesToBranchesThatASetPassesOver) {
  EXPECT_THAT(sorted_ids(tree_of({models, behind_m1})), ElementsAre("m1~b1", "m1~b2", "m2~."));
}

TEST(SourceModelTreeTest, HangsASetWithoutFilterOnDummiesToo) {
  const SourceModelTree tree = tree_of({models, behind_m1, on_all});
  EXPECT_THAT(sorted_ids(tree),
              ElementsAre("m1~b1~x1", "m1~b1~x2", "m1~b2~x1", "m1~b2~x2", "m2~.~x1", "m2~.~x2"));
  EXPECT_EQ(tree.num_paths(), 6);
  double total = 0;
  for (const TreePath& path : tree.enumerate()) total += path.weight;
  EXPECT_NEAR(total, 1, 1e-15);
}

TEST(SourceModelTreeTest, ReplacesADummyLevelsAbove) {
  const SourceBranchSet late = set_of("z", {{"z1", 0.3}, {"z2", 0.7}}, {"b1", "m2"});
  EXPECT_THAT(sorted_ids(tree_of({models, behind_m1, late, on_all})),
              ElementsAre("m1~b1~z1~x1", "m1~b1~z1~x2", "m1~b1~z2~x1", "m1~b1~z2~x2", "m1~b2~.~x1",
                          "m1~b2~.~x2", "m2~z1~x1", "m2~z1~x2", "m2~z2~x1", "m2~z2~x2"));
}

TEST(SourceModelTreeTest, PutsDummiesBehindDummies) {
  const SourceBranchSet on_b1 = set_of("y", {{"y1", 0.3}, {"y2", 0.7}}, {"b1"});
  EXPECT_THAT(sorted_ids(tree_of({models, behind_m1, on_b1})),
              ElementsAre("m1~b1~y1", "m1~b1~y2", "m1~b2~.", "m2~.~."));
}

TEST(SourceModelTreeTest, RefusesBranchesThatAreNotThereOrTaken) {
  SourceModelTree tree = tree_of({models, behind_m1});
  EXPECT_THROW(tree.add(set_of("y", {{"y1", 1}}, {"b7"})), core::Error);
  SourceModelTree taken = tree_of({models, behind_m1});
  try {
    taken.add(set_of("y", {{"y1", 1}}, {"m1"}));
    FAIL();
  } catch (const core::Error& e) {
    EXPECT_EQ(e.kind(), core::ErrorKind::data);
    EXPECT_THAT(e.what(), testing::HasSubstr("the branch set 'b' hangs on it already"));
  }
}

TEST(SourceModelTreeTest, CountsPathsWithoutWalkingThem) {
  std::vector<SourceBranchSet> sets{models};
  for (int s = 0; s < 60; ++s) {
    const std::string id = std::string("s").append(std::to_string(s)).append("-");
    sets.push_back(set_of(id, {{id + "1", 0.5}, {id + "2", 0.5}}));
  }
  const SourceModelTree tree = tree_of(sets);
  EXPECT_EQ(tree.num_paths(), std::ldexp(1.0, 61));
  EXPECT_EQ(tree.sample(10, SamplingMethod::early_weights, 1).size(), 10u);
}

GmmTree three_models() {
  return {{{"g",
            "r",
            {{"g0", {"BooreAtkinson2008", {}}, 0.5},
             {"g1", {"ChiouYoungs2008", {}}, 0.3},
             {"g2", {"SadighEtAl1997", {}}, 0.2}}}}};
}

std::vector<std::string> branch_paths(const FullTree& tree) {
  std::vector<std::string> paths;
  for (const Realization& r : tree.realizations) paths.push_back(r.branch_path);
  return paths;
}

TEST(SourceModelTreeTest, SamplesBehindDummiesAsThePeer) {
  // realizations of the engine 3.26.2, 20 samples, early_weights, random_seed 7
  const FullTree tree = expand(tree_of({models, behind_m1, on_all}), three_models(), {"r"}, 20,
                               SamplingMethod::early_weights, 7);
  EXPECT_THAT(branch_paths(tree),
              ElementsAre("BAB~A", "BBA~C", "BBB~A", "BBB~B", "A.A~C", "A.A~A", "A.A~A", "A.A~A",
                          "A.A~A", "A.A~A", "A.A~A", "A.B~A", "A.B~A", "A.B~A", "A.B~C", "A.B~A",
                          "A.B~A", "A.B~B", "A.B~B", "A.B~B"));
}

TEST(SourceModelTreeTest, DrawsLateSamplesAsThePeer) {
  // the same with late_latin, random_seed 9. The peer counts a source path that was drawn k times
  // k^2 times; ours is its weight divided by k, before the total.
  const FullTree tree = expand(tree_of({models, behind_m1, on_all}), three_models(), {"r"}, 20,
                               SamplingMethod::late_latin, 9);
  EXPECT_THAT(branch_paths(tree),
              ElementsAre("BAA~A", "BAB~C", "BAB~C", "BAB~A", "BBA~A", "BBA~B", "BBA~B", "BBB~A",
                          "BBB~B", "BBB~B", "A.A~C", "A.A~C", "A.A~B", "A.A~C", "A.A~A", "A.A~B",
                          "A.B~C", "A.B~C", "A.B~A", "A.B~B"));
  const std::vector<double> peer{
      5.341880489e-03, 6.410256494e-03, 6.410256494e-03, 1.602564193e-02, 3.739316389e-02,
      2.243589796e-02, 2.243589796e-02, 3.739316389e-02, 2.243589796e-02, 2.243589796e-02,
      6.410256773e-02, 6.410256773e-02, 9.615384787e-02, 6.410256773e-02, 1.602564156e-01,
      9.615384787e-02, 4.273504391e-02, 4.273504391e-02, 1.068376079e-01, 6.410256773e-02};
  double total = 0;
  for (const Realization& r : tree.realizations)
    total += peer[r.id] / tree.source_paths[r.source_path].samples;
  for (const Realization& r : tree.realizations)
    EXPECT_NEAR(r.weight, peer[r.id] / tree.source_paths[r.source_path].samples / total, 1e-8);
}

TEST(SourceModelTreeTest, MakesHundredsOfThousandsOfRealizations) {
  std::vector<SourceBranchSet> sets{set_of("s", {{"m", 1.0}})};
  for (int i = 0; i < 5; ++i) {
    std::vector<std::pair<std::string, double>> branches;
    for (int b = 0; b < 10; ++b)
      branches.emplace_back(std::to_string(i) + "-" + std::to_string(b), 0.1);
    sets.push_back(set_of(std::to_string(i), branches));
  }
  const SourceModelTree sources = tree_of(sets);
  const FullTree tree =
      expand(sources, three_models(), {"r"}, 0, SamplingMethod::early_weights, 42, 1'000'000);
  EXPECT_EQ(tree.source_paths.size(), 100'000u);
  EXPECT_EQ(tree.realizations.size(), 300'000u);
  EXPECT_EQ(tree.realizations.back().branch_path, "AJJJJJ~C");
  EXPECT_THROW(
      expand(sources, three_models(), {"r"}, 0, SamplingMethod::early_weights, 42, 299'999),
      core::Error);
}

TEST(RealizationWeightsTest, FollowTheWeightsByIntensityMeasure) {
  GmmTree gmms = three_models();
  auto& branches = gmms.sets[0].branches;
  branches[0].imt_weights = {{"SA(0.1)", 0.0}};
  branches[1].imt_weights = {{"SA(0.1)", 0.4}};
  branches[2].imt_weights = {{"SA(0.1)", 0.6}};
  const SourceModelTree sources = tree_of({models});
  const FullTree tree = expand(sources, gmms, {"r"}, 0, SamplingMethod::early_weights, 42);
  const std::vector<double> by_imt{0, 0.16, 0.24, 0, 0.24, 0.36};
  const std::vector<double> by_default{0.2, 0.12, 0.08, 0.3, 0.18, 0.12};
  const auto of_sa = realization_weights(tree, "SA(0.1)"),
             of_pga = realization_weights(tree, "PGA");
  for (std::size_t r = 0; r < 6; ++r) {
    EXPECT_NEAR(of_sa[r], by_imt[r], 1e-15);
    EXPECT_NEAR(of_pga[r], by_default[r], 1e-15);
  }
  // samples drop them
  const FullTree sampled = expand(sources, gmms, {"r"}, 4, SamplingMethod::early_weights, 42);
  EXPECT_TRUE(sampled.weighted_imts.empty());
  EXPECT_EQ(realization_weights(sampled, "SA(0.1)"), std::vector<double>(4, 0.25));
}

}  // namespace
}  // namespace shakefield::logictree
