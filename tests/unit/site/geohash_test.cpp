// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "../geo/reference_csv.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::site {
namespace {

TEST(GeohashTest, HasItsPublishedValues) {
  // G. Niemeyer's own example, geohash.org: 57.64911 N 10.40744 E is u4pruydqqvj.
  EXPECT_EQ(geohash8(10.40744, 57.64911), "u4pruydq");
  // The corners of the scheme: all bits 0 and all bits 1.
  EXPECT_EQ(geohash8(-180, -90), "00000000");
  EXPECT_EQ(geohash8(179.9999, 89.9999), "zzzzzzzz");
}

TEST(GeohashTest, EqualsTheSiteIdsOfTheDemos) {
  const auto dir = testing::reference_dir();
  if (!dir) GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set (reference data)";
  std::size_t different = 0, sites = 0;
  for (const char* demo : {"ScenarioCase1", "ScenarioCase2", "ScenarioCase3", "EventBasedPSHA"}) {
    const auto columns =
        testing::read_columns(*dir / "cases/openquake_demos" / demo / "expected/sitemesh.csv",
                              {"custom_site_id", "lon", "lat"});
    for (std::size_t i = 0; i < columns[0].size(); ++i, ++sites)
      different += geohash8(std::stod(columns[1][i]), std::stod(columns[2][i])) != columns[0][i];
  }
  EXPECT_EQ(sites, 168u + 432 + 1610 + 1);
  EXPECT_EQ(different, 0u);
}

}  // namespace
}  // namespace shakefield::site
