// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "late_maxima.hpp"

#include <gtest/gtest.h>

#include "orders.hpp"

namespace shakefield::calc {
namespace {

/// Each value is largest on another rank.
std::vector<float> values_of(const comm::Communicator& comm, std::size_t batch, std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_largest =
        i % static_cast<std::size_t>(comm.size()) == static_cast<std::size_t>(comm.rank());
    values[i] = static_cast<float>(batch + i) + (is_largest ? 0.5f : 0.0f);
  }
  return values;
}

/// None, few, as many as a block holds, and many blocks.
constexpr std::size_t counts[] = {3, 0, 16384, 100'001, 1};

TEST(LateMaximaTest, RootHasTheLargestOfAllRanksInTheOrderOfTheBatches) {
  const comm::Communicator comm = comm::Communicator::world();
  LateMaxima maxima(comm);
  for (std::size_t batch = 0; batch < std::size(counts); ++batch)
    maxima.push(values_of(comm, batch, counts[batch]));
  for (std::size_t batch = 0; batch < std::size(counts); ++batch) {
    ASSERT_EQ(maxima.num_under_way(), std::size(counts) - batch);
    const std::vector<float> values = maxima.pop();
    ASSERT_EQ(values.size(), counts[batch]);
    for (std::size_t i = 0; comm.is_root() && i < values.size(); ++i)
      ASSERT_EQ(values[i], static_cast<float>(batch + i) + 0.5f) << "batch " << batch << ", " << i;
  }
  maxima.settle();
}

TEST(LateMaximaTest, MayBePushedAndPoppedInTurn) {
  const comm::Communicator comm = comm::Communicator::world();
  LateMaxima maxima(comm);
  float last = -1;
  for (std::size_t batch = 0; batch < 50; ++batch) {
    maxima.push({static_cast<float>(batch + static_cast<std::size_t>(comm.rank()))});
    if (maxima.num_under_way() > batches_behind) last = maxima.pop().front();
  }
  while (maxima.num_under_way() > 0) last = maxima.pop().front();
  maxima.settle();
  if (comm.is_root()) {
    EXPECT_EQ(last, static_cast<float>(48 + comm.size()));
  }
}

TEST(LateMaximaTest, OneBehindAnotherDoNotTakeEachOthersValues) {
  const comm::Communicator comm = comm::Communicator::world();
  for (int turn = 0; turn < 300; ++turn) {
    LateMaxima maxima(comm);
    maxima.push({static_cast<float>(turn * 10 + comm.rank())});
    const std::vector<float> values = maxima.pop();
    maxima.settle();
    if (comm.is_root()) {
      ASSERT_EQ(values, std::vector{static_cast<float>(turn * 10 + comm.size() - 1)});
    }
  }
}

TEST(OrdersTest, AllRanksFollowAnOrderAtTheSameBatch) {
  const comm::Communicator comm = comm::Communicator::world();
  Orders orders(comm);
  for (std::size_t batch = 0; batch < 20; ++batch) {
    const bool is_due = batch == 5 || batch == 6 || batch == 11;  // 6 while 5 is under way
    const Order order = orders.exchange(comm.is_root() && is_due ? Order::commit : Order::go_on);
    const bool is_followed = batch == 5 + batches_behind || batch == 11 + batches_behind;
    EXPECT_EQ(order, is_followed ? Order::commit : Order::go_on) << "batch " << batch;
  }
  orders.settle();
}

TEST(OrdersTest, OnlyRootIsHeard) {
  const comm::Communicator comm = comm::Communicator::world();
  Orders orders(comm);
  for (std::size_t batch = 0; batch < 5; ++batch)
    EXPECT_EQ(orders.exchange(comm.is_root() ? Order::go_on : Order::stop), Order::go_on);
  orders.settle();
}

}  // namespace
}  // namespace shakefield::calc
