// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shakefield::gmm {
namespace {

using ::testing::HasSubstr;

std::string message_of(const auto& action) {
  try {
    action();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::config);
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(ArgumentsTest, GivesTheFallbackWhereNothingIsGiven) {
  const Arguments arguments("Model", {});
  EXPECT_EQ(arguments.number("epsilon", 1.5), 1.5);
  EXPECT_EQ(arguments.flag("adjust", true), true);
  EXPECT_EQ(arguments.text("region", "JPN"), "JPN");
}

TEST(ArgumentsTest, GivenValuesWinOverPresets) {
  const Arguments arguments("Model", {{"epsilon", 2.0}},
                            {{"epsilon", 1.0}, {"region", std::string("CHN")}});
  EXPECT_EQ(arguments.number("epsilon", 0), 2.0);
  EXPECT_EQ(arguments.text("region", ""), "CHN");
}

TEST(ArgumentsTest, NamesTheKnownOnesWhereOneIsUnknown) {
  const Arguments arguments("Model", {{"regoin", std::string("JPN")}});
  arguments.text("region", "");
  arguments.number("epsilon", 0);
  const std::string message = message_of([&] { arguments.require_known(); });
  EXPECT_THAT(message, HasSubstr("'regoin'"));
  EXPECT_THAT(message, HasSubstr("epsilon, region"));
}

TEST(ArgumentsTest, AnArgumentThatIsNotOfferedMayHaveItsDefaultOnly) {
  const Arguments unchanged("Model", {{"basin", false}});
  unchanged.not_offered("basin", false);
  unchanged.not_offered("table");
  EXPECT_NO_THROW(unchanged.require_known());

  const Arguments changed("Model", {{"basin", true}});
  try {
    changed.not_offered("basin", false);
    ADD_FAILURE() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("basin = true"));
    EXPECT_THAT(error.what(), HasSubstr("false"));
  }
}

TEST(ArgumentsTest, GivesATableOfNumbersByKey) {
  const Arguments arguments("Model", {{"dl2l.PGA", 0.1}, {"dl2l.SA(0.2)", 0.3}, {"dl2lx", 1.0}});
  EXPECT_EQ(arguments.numbers_by_key("dl2l"),
            (std::map<std::string, double>{{"PGA", 0.1}, {"SA(0.2)", 0.3}}));
  EXPECT_TRUE(arguments.numbers_by_key("c3").empty());
  EXPECT_THAT(message_of([&] { arguments.require_known(); }), HasSubstr("'dl2lx'"));
}

TEST(ArgumentsTest, RejectsAnotherType) {
  const Arguments arguments("Model", {{"epsilon", std::string("high")}});
  EXPECT_THAT(message_of([&] { arguments.number("epsilon", 0); }), HasSubstr("epsilon = \"high\""));
}

TEST(ArgumentsTest, ListsTheWordsOfAChoice) {
  const Arguments good("Model", {{"region", std::string("JPN")}});
  EXPECT_EQ(good.choice("region", {{"CHN", 1}, {"JPN", 2}}, 0), 2);
  const Arguments bad("Model", {{"region", std::string("jpn")}});
  EXPECT_THAT(message_of([&] {
                bad.choice("region", {{"CHN", 1}, {"JPN", 2}}, 0);
              }),
              HasSubstr("\"CHN\", \"JPN\""));
}

}  // namespace
}  // namespace shakefield::gmm
