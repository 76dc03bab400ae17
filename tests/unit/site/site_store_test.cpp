// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "shakefield/site/site_collection.hpp"

namespace shakefield::site {
namespace {

SiteCollection read_back(const SiteCollection& sites) {
  const auto [array, attributes] = to_hdf5(sites);
  return from_hdf5(array, attributes, std::type_identity<SiteCollection>{});
}

TEST(SiteStoreTest, RoundTripKeepsEverything) {
  SiteParameters parameters;
  parameters.vs30 = {400, 760.5};
  parameters.vs30measured = {1, 0};
  parameters.z1pt0 = {-999, 48};
  parameters.z2pt5 = {0.6, -999};
  parameters.backarc = {0, 1};
  parameters.xvf = {12.5, 150};
  const SiteCollection sites({{-122.2, 37.9, 0.1}, {179.99999, -90, 0}}, parameters,
                             {"a", "a-longer-id"});
  const SiteCollection again = read_back(sites);
  EXPECT_EQ(again.points(), sites.points());
  EXPECT_EQ(again.keys(), sites.keys());
  EXPECT_EQ(again.custom_ids(), sites.custom_ids());
  EXPECT_EQ(again.parameters().vs30, parameters.vs30);
  EXPECT_EQ(again.parameters().vs30measured, parameters.vs30measured);
  EXPECT_EQ(again.parameters().z1pt0, parameters.z1pt0);
  EXPECT_EQ(again.parameters().z2pt5, parameters.z2pt5);
  EXPECT_EQ(again.parameters().backarc, parameters.backarc);
  EXPECT_EQ(again.parameters().xvf, parameters.xvf);
}

TEST(SiteStoreTest, StoresOnlyWhatIsGivenWithItsUnits) {
  SiteParameters parameters;
  parameters.vs30 = {400};
  const auto [array, attributes] = to_hdf5(SiteCollection({{1, 2, 0}}, parameters));
  std::vector<std::string> names, units;
  for (const core::Member& member : array.type().members) {
    names.push_back(member.name);
    units.push_back(member.units);
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"lon", "lat", "depth", "vs30", "key", "custom_site_id"}));
  EXPECT_EQ(units, (std::vector<std::string>{"degrees", "degrees", "km", "m/s", "1", "1"}));
  EXPECT_EQ(array.type().member("custom_site_id").count, 8u);
  EXPECT_EQ(std::get<std::vector<std::string>>(attributes.at("axes")),
            std::vector<std::string>{"site"});
  EXPECT_TRUE(read_back(SiteCollection({{1, 2, 0}}, parameters)).parameters().xvf.empty());
}

TEST(SiteStoreTest, EmptyCollectionRoundTrips) {
  EXPECT_EQ(read_back(SiteCollection()).size(), 0u);
}

}  // namespace
}  // namespace shakefield::site
