// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/site/site_collection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "shakefield/core/error.hpp"

namespace shakefield::site {
namespace {

std::string message_of(std::vector<geo::Point> points, SiteParameters parameters = {},
                       std::vector<std::string> ids = {}) {
  try {
    SiteCollection(std::move(points), std::move(parameters), std::move(ids));
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::data);
    return error.what();
  }
  return "accepted";
}

TEST(SiteCollectionTest, RoundsPositionsAndKeepsTheOrder) {
  const SiteCollection sites({{10.123456, -0.000004, 1.25}, {-5, 3, 0}}, {});
  EXPECT_EQ(sites.points()[0].lon_deg, 10.12346);
  EXPECT_EQ(sites.points()[0].lat_deg, 0);
  EXPECT_EQ(sites.points()[0].depth_km, 1.25);
  EXPECT_EQ(sites.points()[1].lon_deg, -5);
}

TEST(SiteCollectionTest, NamesBothRowsOfADuplicate) {
  const std::string message = message_of({{1, 2, 0}, {3, 4, 0}, {5, 6, 0}, {3.000001, 4, 0}});
  EXPECT_THAT(message, ::testing::HasSubstr("site 4 repeats site 2 at (3.00000, 4.00000)"));
}

TEST(SiteCollectionTest, DepthTellsSitesApart) {
  EXPECT_EQ(SiteCollection({{1, 2, 0}, {1, 2, 0.001}}, {}).size(), 2u);
}

TEST(SiteCollectionTest, FindsADuplicateAcrossTheDateLine) {
  EXPECT_THAT(message_of({{180, 2, 0}, {-180, 2, 0}}),
              ::testing::HasSubstr("site 2 repeats site 1"));
}

TEST(SiteCollectionTest, RejectsPositionsOffTheEarth) {
  EXPECT_THAT(message_of({{0, 0, 0}, {0, 90.1, 0}}),
              ::testing::HasSubstr("site 2 is at (0, 90.1)"));
  EXPECT_THAT(message_of({{std::nan(""), 0, 0}}), ::testing::HasSubstr("nan"));
  EXPECT_THAT(message_of({{400, 0, 0}}), ::testing::HasSubstr("400"));
}

TEST(SiteCollectionTest, RejectsColumnsOfAnotherLength) {
  SiteParameters parameters;
  parameters.vs30 = {400, 500, 600};
  EXPECT_THAT(message_of({{0, 0, 0}, {1, 0, 0}}, parameters),
              ::testing::HasSubstr("'vs30' has 3 values for 2 sites"));
  EXPECT_THAT(message_of({{0, 0, 0}, {1, 0, 0}}, {}, {"a"}),
              ::testing::HasSubstr("custom_site_id"));
}

TEST(SiteCollectionTest, GivesGeohashesUnlessThereAreIds) {
  EXPECT_EQ(SiteCollection({{10.40744, 57.64911, 0}}, {}).custom_ids()[0], "u4pruydq");
  EXPECT_EQ(SiteCollection({{10.40744, 57.64911, 0}}, {}, {"home"}).custom_ids()[0], "home");
}

TEST(SiteKeyTest, FollowsItsFormula) {
  // Computed with a few lines of Python from the formula in the header and that of core::combine64.
  EXPECT_EQ(site_key({-122.2, 37.9, 0}), 0x17b0807c5a05d612u);
  EXPECT_EQ(site_key({180, -0.00001, -0.12}), 0xe7b28047fb328c66u);
}

TEST(SiteKeyTest, DependsOnThePlaceOnly) {
  EXPECT_EQ(site_key({190, 5, 0}), site_key({-170, 5, 0}));
  EXPECT_EQ(site_key({179.999999, 5, 0}), site_key({-180, 5, 0}));
  EXPECT_EQ(site_key({1, 5, 0}), site_key({1.000001, 5.000001, 0.0001}));
  EXPECT_NE(site_key({1, 5, 0}), site_key({5, 1, 0}));
  EXPECT_NE(site_key({1, 5, 0}), site_key({-1, 5, 0}));
  EXPECT_NE(site_key({1, 5, 0}), site_key({1, -5, 0}));
}

TEST(SiteKeyTest, NeighboursDiffer) {
  std::set<std::uint64_t> keys;
  for (int i = -100; i < 100; ++i)
    for (int j = -100; j < 100; ++j) keys.insert(site_key({i * 1e-5, j * 1e-5, 0}));
  EXPECT_EQ(keys.size(), 40000u);
}

}  // namespace
}  // namespace shakefield::site
