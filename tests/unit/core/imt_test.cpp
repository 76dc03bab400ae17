// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/imt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"

namespace shakefield::core {
namespace {

TEST(ImtTest, ReadsEveryKind) {
  for (const char* name :
       {"PGA", "PGV", "PGD", "SA(0.3)", "IA", "CAV", "RSD575", "RSD595", "MMI", "AvgSA"})
    EXPECT_EQ(Imt::parse(name).name(), name);
}

TEST(ImtTest, WritesPeriodsInNormalForm) {
  EXPECT_EQ(Imt::parse("SA(0.10)").name(), "SA(0.1)");
  EXPECT_EQ(Imt::parse("SA(1)").name(), "SA(1.0)");
  EXPECT_EQ(Imt::parse(" SA( 10 ) ").name(), "SA(10.0)");
  EXPECT_EQ(Imt::parse("SA(0.075)").name(), "SA(0.075)");
  EXPECT_EQ(Imt::parse("AvgSA(0.50)").name(), "AvgSA(0.5)");
}

TEST(ImtTest, EqualPeriodsAreEqualMeasures) {
  EXPECT_EQ(Imt::parse("SA(0.30)"), Imt::parse("SA(0.3)"));
}

TEST(ImtTest, HasUnits) {
  EXPECT_EQ(Imt::parse("PGA").unit(), "g");
  EXPECT_EQ(Imt::parse("SA(1.0)").unit(), "g");
  EXPECT_EQ(Imt::parse("PGV").unit(), "cm/s");
  EXPECT_EQ(Imt::parse("MMI").unit(), "1");
}

TEST(ImtTest, OnlyMmiIsPlain) {
  EXPECT_FALSE(Imt::parse("MMI").is_logarithmic());
  EXPECT_TRUE(Imt::parse("PGV").is_logarithmic());
}

TEST(ImtTest, RejectsWhatItDoesNotKnow) {
  for (const char* text : {"", "pga", "SA", "SA()", "SA(0)", "SA(-1)", "SA(nan)", "SA(inf)",
                           "SA(1e9)", "SA(0.3)x", "SA(0.3 s)", "PGX"}) {
    try {
      Imt::parse(text);
      ADD_FAILURE() << "'" << text << "' was taken";
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::config);
      EXPECT_THAT(e.what(), testing::HasSubstr(std::string("'") + text));
    }
  }
}

TEST(ImtTest, SortsByPeriodAndKeepsTheOrderOfEquals) {
  std::vector<Imt> imts;
  for (const char* name : {"SA(1.0)", "PGV", "SA(0.3)", "PGA"}) imts.push_back(Imt::parse(name));
  sort_by_period(imts);
  std::vector<std::string> names;
  for (const Imt& imt : imts) names.push_back(imt.name());
  EXPECT_THAT(names, testing::ElementsAre("PGV", "PGA", "SA(0.3)", "SA(1.0)"));
}

}  // namespace
}  // namespace shakefield::core
