// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "value.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "shakefield/core/error.hpp"

namespace shakefield::job {
namespace {

TEST(LiteralTest, ReadsWhatPythonWrites) {
  EXPECT_EQ(to_text(parse_literal("3")), "3");
  EXPECT_EQ(to_text(parse_literal("-1.5e-3")), "-0.0015");
  EXPECT_EQ(to_text(parse_literal(" True ")), "true");
  EXPECT_TRUE(parse_literal("None").is_none());
  EXPECT_EQ(to_text(parse_literal("'a b'")), "a b");
  EXPECT_EQ(to_text(parse_literal("[1, (2, 3), ]")), "[1, [2, 3]]");
  EXPECT_EQ(to_text(parse_literal("{'PGA': [0.1, 0.2],\n  \"SA(0.1)\": {'x': False}, 7: 1}")),
            "{\"PGA\": [0.1, 0.2], \"SA(0.1)\": {\"x\": false}, \"7\": 1}");
}

TEST(LiteralTest, ExpandsScales) {
  // a exp(ln(b/a) i/(n-1)): 0.001, 0.01, 0.1, 1
  const Value levels = parse_literal("logscale(0.001, 1, 4)");
  ASSERT_EQ(levels.list()->size(), 4u);
  for (int i = 0; i < 4; ++i)
    EXPECT_NEAR(*(*levels.list())[i].number(), std::pow(10, i - 3), 1e-15);
  EXPECT_EQ(to_text(parse_literal("linscale(0, 1, 5)")), "[0, 0.25, 0.5, 0.75, 1]");
}

TEST(LiteralTest, RefusesWhatIsNone) {
  for (const char* text :
       {"", "{", "[1, 2", "{'a' 1}", "{'a': }", "PGA", "[1 2]", "'open", "1 2", "logscale(1, 2)",
        "logscale(0, 1, 5)", "linscale(1, 0, 5)", "__import__('os')", "1_000", "{[1]: 2}"})
    EXPECT_THROW(parse_literal(text), core::Error) << text;
  EXPECT_THROW(parse_literal(std::string(100000, '[')), core::Error);
  EXPECT_THROW(parse_literal("linscale(0, 1, 1e5)"), core::Error);
  std::string many = "[";
  for (int i = 0; i < 200; ++i) many += "linscale(0, 1, 10000), ";
  EXPECT_THROW(parse_literal(many + "]"), core::Error);
}

TEST(NumberTest, TakesTheWholeText) {
  double x = 0;
  EXPECT_TRUE(parse_number(" +2.5 ", x));
  EXPECT_EQ(x, 2.5);
  EXPECT_TRUE(parse_number("-5.0000000E-01", x));
  EXPECT_EQ(x, -0.5);
  for (const char* text : {"", "1.5 km", "1,5", "0x10", "one"})
    EXPECT_FALSE(parse_number(text, x)) << text;
}

TEST(NearestNameTest, FindsTheMisspelledName) {
  EXPECT_EQ(nearest_name("maximun_distance", {"minimum_magnitude", "maximum_distance", "sites"}),
            "maximum_distance");
}

}  // namespace
}  // namespace shakefield::job
