// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/stream.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "mpi_test.hpp"

namespace shakefield::comm {
namespace {

constexpr int tag = 7;

/// Sizes of the blocks that a rank sends: from empty to full.
std::vector<std::size_t> block_sizes(int rank, std::size_t block_bytes) {
  std::mt19937 random(static_cast<unsigned>(100 + rank));
  std::vector<std::size_t> sizes(40);
  for (std::size_t& size : sizes) size = random() % (block_bytes + 1);
  sizes.front() = block_bytes;
  return sizes;
}

std::byte content(int rank, std::size_t block, std::size_t i) {
  return std::byte(31 * static_cast<std::size_t>(rank) + 7 * block + i);
}

/// Lets the ranks meet before the tag is used again.
class StreamTest : public testing::Test {
 protected:
  void TearDown() override { barrier(world()); }
};

class BlockStreamTest : public StreamTest, public testing::WithParamInterface<std::size_t> {};

TEST_P(BlockStreamTest, BlocksOfARankArriveWholeAndInOrder) {
  const std::size_t block_bytes = GetParam();
  if (!world().is_root()) {
    BlockSender sender(world(), tag, block_bytes, 3);
    std::size_t block = 0;
    for (const std::size_t size : block_sizes(world().rank(), block_bytes)) {
      const std::span<std::byte> buffer = sender.acquire();
      ASSERT_EQ(buffer.size(), block_bytes);
      for (std::size_t i = 0; i < size; ++i) buffer[i] = content(world().rank(), block, i);
      sender.send(size);
      ++block;
    }
    sender.finish();
    return;
  }
  BlockReceiver receiver(world(), tag, block_bytes, 2);
  std::vector<std::vector<std::size_t>> sizes;
  for (int rank = 0; rank < world().size(); ++rank) sizes.push_back(block_sizes(rank, block_bytes));
  for (std::size_t block = 0; block < sizes.front().size(); ++block)
    for (int rank = world().size() - 1; rank > 0; --rank) {
      const std::span<const std::byte> got = receiver.next(rank);
      ASSERT_EQ(got.size(), sizes[static_cast<std::size_t>(rank)][block]);
      for (std::size_t i = 0; i < got.size(); ++i) ASSERT_EQ(got[i], content(rank, block, i));
    }
}

INSTANTIATE_TEST_SUITE_P(BlockBytes, BlockStreamTest, testing::Values(1, 100, 5000, 1 << 20));

TEST_F(StreamTest, SpansAreSentInBlocks) {
  constexpr std::size_t block_bytes = 4096;
  const auto size_of_rank = [](int rank) { return 10'000 * static_cast<std::size_t>(rank) + 17; };
  if (!world().is_root()) {
    SpanSender sender(world(), tag, block_bytes);
    std::vector<std::byte> first(size_of_rank(world().rank())), second(5, std::byte{77});
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = content(world().rank(), 0, i);
    const auto first_ticket = sender.send(first);
    sender.send({});
    const auto second_ticket = sender.send(second);
    sender.wait(first_ticket);
    first.clear();
    sender.wait(second_ticket);
    return;
  }
  BlockReceiver receiver(world(), tag, block_bytes, 2);
  for (int rank = 1; rank < world().size(); ++rank) {
    std::vector<std::byte> got;
    while (got.size() < size_of_rank(rank)) {
      const auto block = receiver.next(rank);
      got.insert(got.end(), block.begin(), block.end());
    }
    ASSERT_EQ(got.size(), size_of_rank(rank));
    for (std::size_t i = 0; i < got.size(); ++i) ASSERT_EQ(got[i], content(rank, 0, i));
    const auto last = receiver.next(rank);
    EXPECT_EQ(std::vector<std::byte>(last.begin(), last.end()), std::vector(5, std::byte{77}));
  }
}

TEST_F(StreamTest, NoticesArriveInOrderAtTheirRank) {
  Notices notices(world(), tag);
  constexpr std::uint64_t count = 200;
  if (world().is_root()) {
    for (std::uint64_t i = 0; i < count; ++i)
      for (int rank = 1; rank < world().size(); ++rank) notices.post(rank, i * 10 + rank);
  } else {
    for (std::uint64_t i = 0; i < count; ++i) ASSERT_EQ(notices.next(), i * 10 + world().rank());
  }
}

TEST_F(StreamTest, ASenderThatGivesUpDoesNotWait) {
  const std::vector<std::byte> bytes(3 << 20);
  if (!world().is_root()) {
    SpanSender sender(world(), tag + 1, 1 << 20);
    sender.send(bytes);
  }
}

TEST_F(StreamTest, RootDoesNotSend) {
  if (world().is_root()) {
    EXPECT_THROW(BlockSender(world(), tag, 10, 1), core::Error);
  }
}

}  // namespace
}  // namespace shakefield::comm
