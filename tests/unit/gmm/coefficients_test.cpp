// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "coefficients.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"

namespace shakefield::gmm {
namespace {

using enum core::ImtKind;

struct Pair {
  double a, b;
};
// Out of order on purpose: rows may stand in any order.
constexpr Row<Pair> table[] = {
    {pgv, {7, 8}}, {1.0, {3, -3}}, {0.1, {1, -1}}, {pga, {5, 6}}, {0.01, {0, 0}}};

TEST(CoefficientsTest, GivesTheExactRow) {
  EXPECT_EQ(coefficients_at(table, {pga}, "Model").b, 6);
  EXPECT_EQ(coefficients_at(table, {pgv}, "Model").a, 7);
  EXPECT_EQ(coefficients_at(table, {sa, 1.0}, "Model").a, 3);
}

TEST(CoefficientsTest, InterpolatesLinearlyInTheLogarithmOfThePeriod) {
  // sqrt(0.1) lies in the middle of 0.1 and 1 on a logarithmic axis.
  const Pair middle = coefficients_at(table, {sa, std::sqrt(0.1)}, "Model");
  EXPECT_NEAR(middle.a, 2, 1e-14);
  EXPECT_NEAR(middle.b, -2, 1e-14);
  const Pair quarter = coefficients_at(table, {sa, std::pow(10.0, -1.75)}, "Model");
  EXPECT_NEAR(quarter.a, 0.25, 1e-14);
}

TEST(CoefficientsTest, NamesModelImtAndRangeWhereTheTableEnds) {
  for (const core::Imt imt : {core::Imt{sa, 1.5}, core::Imt{sa, 0.005}, core::Imt{ia}}) {
    try {
      coefficients_at(table, imt, "Model");
      FAIL() << imt.name();
    } catch (const core::Error& error) {
      EXPECT_EQ(error.kind(), core::ErrorKind::config);
      EXPECT_THAT(error.what(), ::testing::HasSubstr("model Model does not give " + imt.name()));
      EXPECT_THAT(error.what(), ::testing::HasSubstr("PGV, SA(0.01) to SA(1.0), PGA"));
    }
  }
}

TEST(CoefficientsTest, DescribesTheImtsOfATable) {
  ModelInfo info;
  describe_imts(info, detail::labels_of(std::span<const Row<Pair>>(table)));
  EXPECT_THAT(info.imts, ::testing::ElementsAre(pgv, sa, pga));
  EXPECT_EQ(info.period_s.low, 0.01);
  EXPECT_EQ(info.period_s.high, 1.0);
}

}  // namespace
}  // namespace shakefield::gmm
