// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/gmm/table_io.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "shakefield/core/error.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::gmm {
namespace {

using ::testing::HasSubstr;

constexpr const char* inputs =
    "mag,rake,vs30,rjb,note\n"
    "6.5,90,760,10,1\n"
    "6.5,90,400,20,2\n"
    "7.0,90,760,10,3\n"
    "6.5,90,760,10,4\n";

TEST(ValueTableTest, ReadsInputsAndResults) {
  std::istringstream in(
      "mag,rjb,SA(0.2):mean,SA(0.2):phi,PGA:mean\r\n6,1.5,-1,0.5,-2\r\n7,2,-3,0.25,-4\r\n");
  const ValueTable table = read_value_table(in);
  EXPECT_EQ(table.rows(), 2u);
  EXPECT_EQ(table.inputs[1].name, "rjb");
  EXPECT_THAT(table.inputs[1].values, ::testing::ElementsAre(1.5, 2));
  ASSERT_EQ(table.imts().size(), 2u);
  EXPECT_EQ(table.imts()[0].name(), "SA(0.2)");
  EXPECT_THAT(table.results[0].phi, ::testing::ElementsAre(0.5, 0.25));
  EXPECT_THAT(table.results[1].mean, ::testing::ElementsAre(-2, -4));
}

TEST(ValueTableTest, NamesTheLineOfABadCell) {
  for (const char* text : {"mag,rjb\n6,1\n6,x\n", "mag,rjb\n6,1\n6\n"}) {
    std::istringstream in(text);
    try {
      read_value_table(in, "in.csv");
      FAIL() << text;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.kind(), core::ErrorKind::data);
      EXPECT_THAT(error.what(), HasSubstr("in.csv:3"));
    }
  }
}

TEST(ValueTableTest, RowsOfEveryRuptureAreEvaluatedInTheirOrder) {
  std::istringstream in(inputs);
  std::ostringstream out;
  evaluate_table(ModelSpec::parse("BooreAtkinson2008"), in, out);
  std::istringstream back(out.str());
  const ValueTable table = read_value_table(back);
  ASSERT_EQ(table.rows(), 4u);
  EXPECT_THAT(table.inputs.back().values, ::testing::ElementsAre(1, 2, 3, 4));
  for (const auto& result : table.results) {
    EXPECT_EQ(result.mean[0], result.mean[3]) << result.imt.name();
    EXPECT_NE(result.mean[0], result.mean[1]);
    EXPECT_NE(result.mean[0], result.mean[2]);
  }
}

TEST(ValueTableTest, NamesTheColumnsThatTheModelMisses) {
  std::istringstream in("mag,vs30\n6,760\n");
  std::ostringstream out;
  try {
    evaluate_table(ModelSpec::parse("BooreAtkinson2008"), in, out);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::data);
    EXPECT_THAT(error.what(), HasSubstr("rake, rjb"));
  }
}

}  // namespace
}  // namespace shakefield::gmm
