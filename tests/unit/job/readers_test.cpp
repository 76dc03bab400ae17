// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raw_job.hpp"

namespace shakefield::job {
namespace {

using testing::HasSubstr;

TEST(IniReaderTest, FollowsTheRulesOfConfigParser) {
  core::Problems problems;
  const RawJob job = read_ini(
      "\xEF\xBB\xBF[general]\n"
      "# a comment\n"
      "Description = one ; no comment = here\n"
      "  and a second line\n"
      "\n"
      "  ; a comment inside\n"
      "  and a third\n"
      "sites: 1 2\r\n"
      "[empty]\n"
      "gsim =\n",
      "job.ini", problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(job.size(), 3u);
  EXPECT_EQ(job[0].name, "description");
  EXPECT_EQ(to_text(job[0].value), "one ; no comment = here\nand a second line\nand a third");
  EXPECT_EQ(job[0].place.line, 3);
  EXPECT_EQ(to_text(job[1].value), "1 2");
  EXPECT_EQ(job[2].name, "gsim");
  EXPECT_EQ(to_text(job[2].value), "");
}

TEST(IniReaderTest, ReportsEveryFaultWithItsLine) {
  core::Problems problems;
  read_ini("stray = 1\n[a]\nnonsense\nsites = 1\n[b]\nSITES = 2\n= 3\n", "job.ini", problems);
  ASSERT_EQ(problems.errors().size(), 4u);
  EXPECT_EQ(problems.errors()[0].place.line, 1);
  EXPECT_THAT(problems.errors()[1].text(), HasSubstr("job.ini:3: 'nonsense'"));
  EXPECT_THAT(problems.errors()[2].text(),
              HasSubstr("job.ini:6: 'sites' is given twice (first in line 4)"));
  EXPECT_EQ(problems.errors()[3].place.line, 7);
}

TEST(YamlReaderTest, ReadsNamesAtTheTopAndInSections) {
  core::Problems problems;
  const RawJob job = read_yaml(
      "gsim: BooreEtAl2014\nanything:\n  sites: [[1, 2]]\n  maximum_distance: {default: 3}\n",
      "job.yaml", problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(job.size(), 3u);
  EXPECT_EQ(job[1].name, "sites");
  EXPECT_EQ(job[1].place.line, 3);
  EXPECT_EQ(to_text(job[1].value),
            "[[\"1\", \"2\"]]");  // scalars stay texts until they are converted
  EXPECT_EQ(job[2].name, "maximum_distance");
}

TEST(YamlReaderTest, ReportsFaultsWithTheirLine) {
  for (const auto& [text, line, message] :
       {std::tuple{"a: [1, 2\n", 2, "this is not YAML"},
        {"- a\n- b\n", 1, "not a map"},
        {"", 1, "not a map"},
        {"gsim: A\ngsim: B\n", 2, "given twice (first in line 1)"},
        {"gsim: A\nsites: &a [*a]\n", 2, "nested"}}) {
    core::Problems problems;
    read_yaml(text, "job.yaml", problems);
    ASSERT_EQ(problems.errors().size(), 1u) << text;
    EXPECT_THAT(problems.errors()[0].message, HasSubstr(message));
    EXPECT_EQ(problems.errors()[0].place.line, line) << text;
  }
}

TEST(YamlReaderTest, RefusesAliasesThatStandForMillionsOfValues) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    text += fmt::format("a{}: &a{} [", i, i);
    for (int k = 0; k < 10; ++k) text += fmt::format("{}*a{}", k ? ", " : "", i - 1);
    text += "]\n";
  }
  core::Problems problems;
  read_yaml(text, "job.yaml", problems);
  ASSERT_EQ(problems.errors().size(), 1u);
  EXPECT_THAT(problems.errors()[0].message, HasSubstr("too many values"));
}

TEST(YamlReaderTest, TakesAnUnknownMapForAnUnknownName) {
  core::Problems problems;
  const RawJob job = read_yaml("maximun_distance: {default: 200}\n", "job.yaml", problems);
  ASSERT_EQ(job.size(), 1u);
  EXPECT_EQ(job[0].name, "maximun_distance");
}

}  // namespace
}  // namespace shakefield::job
