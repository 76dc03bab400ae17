// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "site_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shakefield::job {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> problems_of(const std::string& text) {
  core::Problems problems;
  report_duplicates(read_site_csv(text, "sites.csv", problems), problems);
  std::vector<std::string> texts;
  for (const core::Problem& p : problems.errors()) texts.push_back(p.text());
  return texts;
}

TEST(SiteCsvTest, SortsPointsWithoutAHeader) {
  core::Problems problems;
  const auto sites = read_site_csv("2,1\n1,5,0.5\n1,-5.000004\n", "sites.csv", problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(sites.model.points.size(), 3u);
  EXPECT_EQ(sites.model.points[0], (geo::Point{1, -5, 0}));
  EXPECT_EQ(sites.model.points[1], (geo::Point{1, 5, 0.5}));
  EXPECT_EQ(sites.places[2].line, 1);
}

TEST(SiteCsvTest, KeepsTheOrderUnderAHeader) {
  core::Problems problems;
  const auto sites = read_site_csv(
      "# made by "
      "hand\nlon,lat,vs30,z1pt0,vs30measured,custom_site_id\n2,1,400,-999,1,\"a,b\"\n1,1,500,20,0,"
      "c\n",
      "sites.csv", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_THAT(sites.model.parameters.vs30, ElementsAre(400, 500));
  EXPECT_THAT(sites.model.parameters.z1pt0, ElementsAre(-999, 20));
  EXPECT_THAT(sites.model.parameters.vs30measured, ElementsAre(1, 0));
  EXPECT_THAT(sites.model.custom_ids, ElementsAre("a,b", "c"));
  EXPECT_EQ(sites.places[1].line, 4);
}

TEST(SiteCsvTest, NamesLineAndValueOfEachFault) {
  EXPECT_THAT(problems_of("lon,lat,vs30\n1,2,nan\n200,2,300\n1,2\n1,x,300\n3,4,0\n"),
              ElementsAre(HasSubstr("sites.csv:2: vs30 = 'nan' is no number"),
                          HasSubstr("sites.csv:3: lon = 200 is out of range"),
                          HasSubstr("sites.csv:4: the line has 2 fields (3 expected)"),
                          HasSubstr("sites.csv:5: lat = 'x' is no number"),
                          HasSubstr("sites.csv:6: vs30 = 0 is out of range (allowed: > 0)")));
}

TEST(SiteCsvTest, NamesBothLinesOfADuplicate) {
  EXPECT_THAT(
      problems_of("lon,lat\n1,2\n3,4\n1.000001,2\n"),
      ElementsAre(HasSubstr("sites.csv:4: the site (1, 2) is given twice (first in sites.csv:2")));
}

TEST(SiteCsvTest, KnowsTheColumnsOfThePeer) {
  EXPECT_THAT(problems_of("lon,lat,vs3O\n1,2,300\n"),
              ElementsAre(HasSubstr("unknown column 'vs3O' (nearest known name: vs30)")));
  EXPECT_THAT(problems_of("lat,vs30\n1,300\n"),
              ElementsAre(HasSubstr("the column 'lon' is missing")));
  EXPECT_THAT(problems_of("lon,lat,lat\n1,2,3\n"),
              ElementsAre(HasSubstr("the column 'lat' stands twice")));
  EXPECT_THAT(problems_of("lon,lat,z1pt4,site_id\n1,2,300,7\n"), ElementsAre());
}

TEST(SiteCsvTest, WantsAtLeastOneSite) {
  EXPECT_THAT(problems_of(""), ElementsAre(HasSubstr("no site")));
  EXPECT_THAT(problems_of("# nothing\n"), ElementsAre(HasSubstr("no site")));
  EXPECT_THAT(problems_of("lon,lat\n"), ElementsAre(HasSubstr("no site")));
}

TEST(SiteCsvTest, StopsAfterTwentyProblems) {
  std::string text = "lon,lat\n";
  for (int i = 0; i < 1000; ++i) text += "a,b\n";
  const auto texts = problems_of(text);
  EXPECT_LE(texts.size(), 23u);
  EXPECT_THAT(texts.back(), HasSubstr("stopped after 20 problems"));
}

}  // namespace
}  // namespace shakefield::job
