// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The serial communicator acts like one rank in a program that never starts MPI.
#include <gtest/gtest.h>

#include <stdexcept>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {
namespace {

TEST(SerialCommunicatorTest, IsOneRankAndItsOwnNode) {
  const Communicator comm;
  EXPECT_EQ(comm.rank(), 0);
  EXPECT_EQ(comm.size(), 1);
  EXPECT_TRUE(comm.is_root());
  EXPECT_EQ(comm.node().size(), 1);
}

TEST(SerialCommunicatorTest, WorldWithoutMpiIsSerial) {
  EXPECT_EQ(Communicator::world().size(), 1);
}

TEST(SerialCommunicatorTest, CollectivesGiveBackTheOwnValue) {
  const Communicator comm;
  barrier(comm);
  std::string text = "abc";
  broadcast(comm, text);
  EXPECT_EQ(text, "abc");
  EXPECT_EQ(sum(comm, 2.5), 2.5);
  EXPECT_EQ(sum(comm, std::uint64_t{7}), 7u);
  EXPECT_EQ(largest(comm, -3.0), -3.0);
  EXPECT_EQ(all_gather(comm, 4.0), std::vector<double>{4.0});
  const std::vector<std::byte> bytes(5, std::byte{9});
  EXPECT_EQ(gather(comm, bytes), std::vector<std::vector<std::byte>>{bytes});
  EXPECT_EQ(all_gather(comm, bytes), std::vector<std::vector<std::byte>>{bytes});
  std::vector<std::int64_t> counts = {1, 2};
  reduce_sum(comm, counts);
  EXPECT_EQ(counts, (std::vector<std::int64_t>{1, 2}));
}

TEST(SerialCommunicatorTest, AgreeThrowsAForeignExceptionAsInternalError) {
  try {
    agree({}, [] { throw std::runtime_error("odd"); });
    FAIL() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::internal);
    EXPECT_NE(std::string(error.what()).find("odd"), std::string::npos);
  }
}

}  // namespace
}  // namespace shakefield::comm
