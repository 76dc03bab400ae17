// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/timer.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace shakefield::core {
namespace {

TEST(TimersTest, AddTheLifeOfScopesToOneEntry) {
  Timers timers;
  for (int i = 0; i < 2; ++i) {
    const auto scope = timers.scope("sleep");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_GE(timers.seconds("sleep"), 0.01);
  EXPECT_EQ(timers.seconds("never"), 0.0);
  EXPECT_EQ(timers.all().size(), 1u);
}

TEST(TimersTest, ProcessFiguresArePlausible) {
  EXPECT_GE(process_cpu_seconds(), 0.0);
  EXPECT_GT(peak_memory_mib(), 0.5);
  EXPECT_LT(peak_memory_mib(), 1e6);
}

}  // namespace
}  // namespace shakefield::core
