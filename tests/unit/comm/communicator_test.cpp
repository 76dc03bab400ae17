// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/communicator.hpp"

#include <chrono>
#include <ctime>
#include <stdexcept>
#include <thread>

#include "mpi_test.hpp"

namespace shakefield::comm {
namespace {

/// Bytes that tell their rank, and whose number depends on it (rank 1 has none).
std::vector<std::byte> bytes_of(int rank) {
  const std::size_t size = rank == 1 ? 0 : 100'000 * static_cast<std::size_t>(rank) + 3;
  return std::vector<std::byte>(size, std::byte(rank + 1));
}

TEST(CommunicatorTest, RanksOfOneMachineShareANode) {
  EXPECT_EQ(world().node().size(), world().size());
}

TEST(CommunicatorTest, BroadcastGivesRootsBytesToAll) {
  std::vector<std::byte> bytes = bytes_of(world().is_root() ? 3 : 0);
  broadcast(world(), bytes);
  EXPECT_EQ(bytes, bytes_of(3));
  std::string text = world().is_root() ? "root" : "somebody else";
  broadcast(world(), text);
  EXPECT_EQ(text, "root");
  std::string empty = world().is_root() ? "" : "somebody else";
  broadcast(world(), empty);
  EXPECT_EQ(empty, "");
}

TEST(CommunicatorTest, ReductionsSeeEveryRank) {
  const auto n = static_cast<std::uint64_t>(world().size());
  const auto own = static_cast<std::uint64_t>(world().rank()) + 1;
  EXPECT_EQ(sum(world(), own), n * (n + 1) / 2);
  EXPECT_EQ(largest(world(), own), n);
  EXPECT_EQ(largest(world(), -static_cast<double>(own)), -1.0);
  std::vector<std::int64_t> counts(1000, static_cast<std::int64_t>(own));
  reduce_sum(world(), counts);
  EXPECT_EQ(counts.back(), static_cast<std::int64_t>(world().is_root() ? n * (n + 1) / 2 : own));
}

TEST(CommunicatorTest, SumOfDoublesIsInRankOrder) {
  const double own = world().is_root() ? 1e16 : 1.0;
  double expected = 1e16;
  for (int rank = 1; rank < world().size(); ++rank) expected += 1.0;
  EXPECT_EQ(sum(world(), own), expected);
}

TEST(CommunicatorTest, GathersBytesOfDifferentLengthsInRankOrder) {
  const auto all = all_gather(world(), bytes_of(world().rank()));
  ASSERT_EQ(all.size(), static_cast<std::size_t>(world().size()));
  for (int rank = 0; rank < world().size(); ++rank)
    EXPECT_EQ(all[static_cast<std::size_t>(rank)], bytes_of(rank));
  const auto on_root = gather(world(), bytes_of(world().rank()));
  EXPECT_EQ(on_root, world().is_root() ? all : std::vector<std::vector<std::byte>>{});
}

TEST(CommunicatorTest, AgreeWithoutErrorReturns) {
  EXPECT_NO_THROW(agree(world(), [] {}));
}

TEST(CommunicatorTest, AllRanksThrowTheErrorOfTheLowestRank) {
  const int thrower = world().size() > 1 ? 1 : 0;
  try {
    agree(world(), [&] {
      if (world().rank() == thrower)
        throw core::Error({{core::ErrorKind::data, "first", {"sites.csv", 7}},
                           {core::ErrorKind::config, "second", {}}});
      if (world().rank() > thrower) throw core::Error(core::ErrorKind::io, "of a higher rank");
    });
    FAIL() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::data);
    ASSERT_EQ(error.problems().size(), 2u);
    EXPECT_EQ(error.problems()[0].text(), "sites.csv:7: first");
    EXPECT_EQ(error.problems()[1].kind, core::ErrorKind::config);
    EXPECT_EQ(error.problems()[1].message, "second");
  }
}

TEST(CommunicatorTest, AForeignExceptionNamesItsRank) {
  const int last = world().size() - 1;
  try {
    agree(world(), [&] {
      if (world().rank() == last) throw std::runtime_error("odd");
    });
    FAIL() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::internal);
    EXPECT_NE(std::string(error.what()).find("rank " + std::to_string(last)), std::string::npos);
  }
}

TEST(CommunicatorTest, WaitingRanksLeaveTheCoreToOthers) {
  SHAKEFIELD_REQUIRE_RANKS(2);
  timespec before, after;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
  if (world().is_root()) std::this_thread::sleep_for(std::chrono::milliseconds(400));
  barrier(world());
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
  const double cpu_s = static_cast<double>(after.tv_sec - before.tv_sec) +
                       1e-9 * static_cast<double>(after.tv_nsec - before.tv_nsec);
  EXPECT_LT(cpu_s, 0.2);
}

TEST(CommunicatorTest, AllSumGivesEveryRankTheSum) {
  std::vector<std::uint32_t> values{1, static_cast<std::uint32_t>(world().rank()), 7};
  all_sum(world(), values);
  const auto ranks = static_cast<std::uint32_t>(world().size());
  EXPECT_EQ(values, (std::vector<std::uint32_t>{ranks, ranks * (ranks - 1) / 2, 7 * ranks}));
}

}  // namespace
}  // namespace shakefield::comm
