// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "outside_ranges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shakefield::calc {
namespace {

using ::testing::ElementsAre;

TEST(OutsideRangesTest, SaysOneLineForEachModelThatWasOutside) {
  const gmm::ModelInfo inside{.name = "Inside"};
  const gmm::ModelInfo outside{
      .name = "Outside", .mag = {5, 8}, .distance_km = {0, 200}, .vs30 = {180, 1300}};
  std::vector<std::string> said;
  const core::Log log([&](core::LogLevel level, std::string_view text) {
    EXPECT_EQ(level, core::LogLevel::warning);
    said.emplace_back(text);
  });
  say_outside({{&inside, 100, 0, 0, 0}, {&outside, 100000, 100000, 25000, 1}}, log);
  EXPECT_THAT(said,
              ElementsAre("Outside was computed outside of its published ranges: of 100000 "
                          "rupture-site pairs 100 % outside magnitude 5-8, 25.0 % outside distance "
                          "0-200 km, < 0.1 % outside vs30 180-1300 m/s"));
}

}  // namespace
}  // namespace shakefield::calc
