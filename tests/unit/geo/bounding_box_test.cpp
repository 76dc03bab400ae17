// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/bounding_box.hpp"

#include <gtest/gtest.h>

namespace shakefield::geo {
namespace {

TEST(BoundingBoxTest, HoldsThePoints) {
  const auto box = BoundingBox::of(std::vector<Point>{{-3, 40, 0}, {5, 42, 0}, {1, 38, 0}});
  EXPECT_EQ(box.west_deg, -3);
  EXPECT_EQ(box.east_deg, 5);
  EXPECT_EQ(box.south_deg, 38);
  EXPECT_EQ(box.north_deg, 42);
}

TEST(BoundingBoxTest, GoesAcrossTheDateLine) {
  const auto box = BoundingBox::of(std::vector<Point>{{-179, 0, 0}, {178, 1, 0}, {180, 0, 0}});
  EXPECT_EQ(box.west_deg, 178);
  EXPECT_EQ(box.east_deg, 181);
  EXPECT_EQ(box.unwrapped(-179.5), 180.5);
  EXPECT_EQ(box.unwrapped(178.5), 178.5);
  EXPECT_NEAR(box.middle().lon_deg, 179.5, 0.01);
}

TEST(BoundingBoxTest, LeavesOutTheWidestGap) {
  const auto box = BoundingBox::of(std::vector<Point>{{-100, 0, 0}, {0, 0, 0}, {100, 0, 0}});
  EXPECT_EQ(box.west_deg, -100);
  EXPECT_EQ(box.east_deg, 100);
}

TEST(BoundingBoxTest, MiddleLiesOnTheDiagonal) {
  const BoundingBox box{-123.2, -121.2, 37.0, 38.8};
  const Point middle = box.middle(), corner{-123.2, 38.8, 0}, opposite{-121.2, 37.0, 0};
  EXPECT_NEAR(arc_km(corner, middle), arc_km(opposite, middle), 1e-9);
  EXPECT_NEAR(arc_km(corner, middle) + arc_km(opposite, middle), arc_km(corner, opposite), 1e-9);
}

}  // namespace
}  // namespace shakefield::geo
