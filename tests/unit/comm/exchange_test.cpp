// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/exchange.hpp"

#include <vector>

#include "mpi_test.hpp"

namespace shakefield::comm {
namespace {

std::vector<std::byte> message(int from, int to, int number, std::size_t bytes) {
  std::vector<std::byte> text(bytes);
  for (std::size_t i = 0; i < bytes; ++i)
    text[i] = std::byte(static_cast<std::size_t>(7 * from + 31 * to + 101 * number) + i);
  return text;
}

std::size_t size_of(int from, int to, int number) {
  return static_cast<std::size_t>((from * 5 + to * 3 + number) % 7) * 20'000;
}

class ExchangeTest : public testing::Test {
 protected:
  void TearDown() override { barrier(world()); }
};

TEST_F(ExchangeTest, MessagesOfARankArriveInOrderUnderEachTag) {
  constexpr int messages = 6;
  Exchange sends(world()), receives(world());
  std::vector<std::vector<std::byte>> sent, received, expected;
  const int own = world().rank();
  for (int rank = 0; rank < world().size(); ++rank) {
    if (rank == own) continue;
    for (int i = 0; i < messages; ++i) {
      sent.push_back(message(own, rank, i, size_of(own, rank, i)));
      sends.send(rank, i % 2, sent.back());
    }
  }
  for (int rank = 0; rank < world().size(); ++rank) {
    if (rank == own) continue;
    for (const int i : {1, 3, 5, 0, 2, 4}) {  // the tags in another order than they were sent in
      expected.push_back(message(rank, own, i, size_of(rank, own, i)));
      received.emplace_back(expected.back().size());
      receives.receive(rank, i % 2, received.back());
    }
  }
  receives.wait();
  sends.wait();
  EXPECT_EQ(received, expected);
}

TEST_F(ExchangeTest, AnExchangeIsUsedAgainAfterItsWait) {
  if (world().size() == 1) return;
  Exchange exchange(world());
  for (int round = 0; round < 3; ++round) {
    const std::vector<std::byte> out = message(0, 1, round, 1000);
    std::vector<std::byte> in(1000);
    if (world().rank() == 0) exchange.send(1, 0, out);
    if (world().rank() == 1) exchange.receive(0, 0, in);
    exchange.wait();
    if (world().rank() == 1) {
      EXPECT_EQ(in, out);
    }
  }
}

TEST_F(ExchangeTest, ANotificationIsCompleteBeforeItIsTaken) {
  if (world().size() == 1) return;
  Exchange exchange(world());
  if (world().rank() == 0) {
    exchange.notify(1, 0);
    exchange.wait();
  }
  barrier(world());
  if (world().rank() == 1) {
    std::byte note{};
    exchange.receive(0, 0, std::span(&note, 1));
    exchange.wait();
  }
}

TEST_F(ExchangeTest, AMessageOfAnotherSizeIsAnError) {
  if (world().size() == 1) return;
  Exchange exchange(world());
  std::vector<std::byte> bytes(100);
  if (world().rank() == 0) {
    exchange.send(1, 0, std::span(bytes).first(60));
    exchange.wait();
  }
  if (world().rank() == 1) {
    exchange.receive(0, 0, bytes);
    EXPECT_THROW(exchange.wait(), core::Error);
  }
}

TEST_F(ExchangeTest, ARankDoesNotSendToItself) {
  Exchange exchange(world());
  std::vector<std::byte> bytes(1);
  EXPECT_THROW(exchange.send(world().rank(), 0, bytes), core::Error);
  EXPECT_THROW(exchange.receive(world().size(), 0, bytes), core::Error);
}

}  // namespace
}  // namespace shakefield::comm
