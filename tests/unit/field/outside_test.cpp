// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "outside.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace shakefield::field {
namespace {

using gmm::Needs;

struct Block {
  std::vector<double> r_rup{5, 200, 201, 300}, r_jb{1, 1, 1, 400}, vs30{100, 180, 1300, 1301};
  gmm::GmmInput in;

  explicit Block(double mag) {
    in.mag = mag;
    in.size = 4;
    in.r_rup = r_rup;
    in.r_jb = r_jb;
    in.vs30 = vs30;
  }
};

gmm::ModelInfo model_with(Needs needs) {
  return {
      .name = "Model", .needs = needs, .mag = {5, 8}, .distance_km = {0, 200}, .vs30 = {180, 1300}};
}

TEST(CountOutsideTest, CountsEachInputOutsideItsRangeEndsIncluded) {
  const gmm::ModelInfo model = model_with(Needs::mag | Needs::r_rup | Needs::r_jb | Needs::vs30);
  OutsideCounts counts{.model = &model};
  count_outside(Block(8).in, counts);
  EXPECT_EQ(counts.pairs, 4u);
  EXPECT_EQ(counts.mag, 0u);
  EXPECT_EQ(counts.distance, 2u);
  EXPECT_EQ(counts.vs30, 2u);
  count_outside(Block(8.1).in, counts);
  EXPECT_EQ(counts.pairs, 8u);
  EXPECT_EQ(counts.mag, 4u);
}

TEST(CountOutsideTest, TakesTheDistanceThatTheModelDecaysWith) {
  const gmm::ModelInfo model = model_with(Needs::mag | Needs::r_jb);
  OutsideCounts counts{.model = &model};
  count_outside(Block(6).in, counts);
  EXPECT_EQ(counts.distance, 1u);
  EXPECT_EQ(counts.vs30, 0u);
}

TEST(CountOutsideTest, CountsNothingWhereNoRangeIsStated) {
  const gmm::ModelInfo model{.name = "Model", .needs = Needs::mag | Needs::r_rup | Needs::vs30};
  OutsideCounts counts{.model = &model};
  count_outside(Block(9.5).in, counts);
  EXPECT_EQ(counts.pairs, 4u);
  EXPECT_FALSE(counts.any());
}

}  // namespace
}  // namespace shakefield::field
