// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "held_writes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

namespace shakefield::store {
namespace {

constexpr std::size_t file_bytes = 200;

/// A file and what was written over it, byte by byte.
struct Model {
  std::array<std::byte, file_bytes> bytes{};
  std::array<bool, file_bytes> is_held{};
};

void expect_like(const HeldWrites& held, const Model& model) {
  std::array<std::byte, file_bytes> seen{};
  held.overlay(0, seen);
  EXPECT_EQ(seen, model.bytes);
  EXPECT_EQ(held.size_bytes(),
            static_cast<std::size_t>(std::count(model.is_held.begin(), model.is_held.end(), true)));
  std::uint64_t last_end = 0;
  for (const auto& [address, piece] : held.pieces()) {
    EXPECT_GE(address, last_end);
    last_end = address + piece.size();
  }
}

TEST(HeldWritesTest, ReadsSeeTheLastWriteToEachByte) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    HeldWrites held;
    Model model;
    for (int step = 0; step < 30; ++step) {
      const std::size_t at = random() % file_bytes;
      const std::size_t size = std::min<std::size_t>(random() % 40, file_bytes - at);
      const std::vector<std::byte> bytes(size, static_cast<std::byte>(step + 1));
      held.add(at, bytes);
      std::copy(bytes.begin(), bytes.end(), model.bytes.begin() + static_cast<long>(at));
      std::fill_n(model.is_held.begin() + static_cast<long>(at), size, true);
      expect_like(held, model);

      std::vector<std::byte> part(size);
      held.overlay(at, part);
      EXPECT_EQ(part, bytes);
    }
    const std::size_t end = random() % file_bytes;
    held.cut(end);
    std::fill(model.bytes.begin() + static_cast<long>(end), model.bytes.end(), std::byte{});
    std::fill(model.is_held.begin() + static_cast<long>(end), model.is_held.end(), false);
    expect_like(held, model);
    held.clear();
    expect_like(held, {});
    EXPECT_TRUE(held.empty());
  }
}

}  // namespace
}  // namespace shakefield::store
