// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/node_memory.hpp"

#include <algorithm>

#include "mpi_test.hpp"

namespace shakefield::comm {
namespace {

std::byte value_of(int rank, int round) {
  return std::byte(static_cast<unsigned char>(17 * rank + 5 * round + 1));
}

TEST(NodeMemoryTest, RanksOfANodeReadWhatTheOthersWrote) {
  constexpr std::size_t bytes = 100'000;
  NodeMemory memory(world(), bytes);
  if (world().size() == 1) {
    EXPECT_TRUE(memory.own().empty());
    return;
  }
  ASSERT_EQ(memory.own().size(), bytes);
  for (int round = 0; round < 3; ++round) {
    std::ranges::fill(memory.own(), value_of(world().rank(), round));
    memory.synchronise();
    barrier(world());
    memory.synchronise();
    for (int rank = 0; rank < world().size(); ++rank) {
      const std::span<const std::byte> part = memory.of(rank);
      EXPECT_EQ(part.size(), bytes);
      EXPECT_EQ(std::ranges::count(part, value_of(rank, round)), std::ssize(part)) << rank;
    }
    barrier(world());
  }
  memory.close();
  EXPECT_TRUE(memory.own().empty());
  EXPECT_TRUE(memory.of(0).empty());
}

TEST(NodeMemoryTest, PartsLieApart) {
  NodeMemory memory(world(), 1);
  if (world().size() == 1) return;
  for (int rank = 1; rank < world().size(); ++rank)
    EXPECT_NE(memory.of(rank).data(), memory.of(rank - 1).data());
  memory.close();
}

TEST(NodeMemoryTest, PartsMayDifferInSize) {
  constexpr std::size_t bytes = 5000;
  NodeMemory memory(world(), world().is_root() ? bytes : 0);
  if (world().size() == 1) return;
  std::ranges::fill(memory.own(), value_of(0, 1));
  memory.synchronise();
  barrier(world());
  memory.synchronise();
  ASSERT_EQ(memory.of(0).size(), bytes);
  EXPECT_EQ(std::ranges::count(memory.of(0), value_of(0, 1)), std::ssize(memory.of(0)));
  EXPECT_TRUE(memory.of(1).empty());
  memory.close();
}

TEST(NodeMemoryTest, NobodyHasAPartOfNothing) {
  NodeMemory memory(world(), 0);
  EXPECT_TRUE(memory.own().empty());
  EXPECT_TRUE(memory.of(world().size() - 1).empty());
  memory.synchronise();
  memory.close();
  memory.close();
}

}  // namespace
}  // namespace shakefield::comm
