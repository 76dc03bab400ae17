// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/site/site_model.hpp"

#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"

namespace shakefield::site {
namespace {

SiteModel two_points() {
  SiteModel model;
  model.points = {{179.9, 0, 0}, {-179.0, 0, 3}};
  model.parameters.vs30 = {300, 800};
  model.parameters.backarc = {0, 1};
  return model;
}

TEST(NearestParametersTest, TakesTheNearestRowAcrossTheDateLine) {
  const std::vector<geo::Point> sites{{-179.9, 0, 0}, {-179.1, 0, 0}, {179, 0, 0}};
  const NearestParameters taken = nearest_parameters(two_points(), sites, 30);
  EXPECT_EQ(taken.rows, (std::vector<std::size_t>{0, 1, 0}));
  EXPECT_EQ(taken.parameters.vs30, (std::vector<double>{300, 800, 300}));
  EXPECT_EQ(taken.parameters.backarc, (std::vector<std::uint8_t>{0, 1, 0}));
  EXPECT_TRUE(taken.parameters.z1pt0.empty());
}

TEST(NearestParametersTest, TellsWhichSitesAreTooFar) {
  // 0.2 degrees of the equator are 22.24 km, 0.9 degrees 100.08 km; the depth of the second row
  // does not count.
  const std::vector<geo::Point> sites{{-179.9, 0, 0}, {-179.0, 0, 0}, {179, 0, 0}};
  EXPECT_EQ(nearest_parameters(two_points(), sites, 22).too_far, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(nearest_parameters(two_points(), sites, 23).too_far, (std::vector<std::size_t>{2}));
  EXPECT_TRUE(nearest_parameters(two_points(), sites, 101).too_far.empty());
}

TEST(NearestParametersTest, RejectsAnEmptyModel) {
  const std::vector<geo::Point> sites{{0, 0, 0}};
  EXPECT_THROW(nearest_parameters({}, sites, 8), core::Error);
}

TEST(SiteModelTest, ReachFollowsTheGrid) {
  EXPECT_DOUBLE_EQ(site_model_reach_km(5), 7.07);
}

}  // namespace
}  // namespace shakefield::site
