// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "hilbert.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace shakefield::site {
namespace {

struct Cell {
  std::uint64_t index;
  std::uint32_t x, y;
};

/// A square of `side` cells a side, each `scale` wide, along the curve.
std::vector<Cell> along_curve(std::uint32_t side, std::uint32_t scale) {
  std::vector<Cell> cells;
  for (std::uint32_t x = 0; x < side; ++x)
    for (std::uint32_t y = 0; y < side; ++y)
      cells.push_back({hilbert_index(x * scale, y * scale), x, y});
  std::ranges::sort(cells, {}, &Cell::index);
  return cells;
}

void expect_steps_to_neighbours(const std::vector<Cell>& cells) {
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const int dx = std::abs(static_cast<int>(cells[i].x) - static_cast<int>(cells[i - 1].x));
    const int dy = std::abs(static_cast<int>(cells[i].y) - static_cast<int>(cells[i - 1].y));
    ASSERT_EQ(dx + dy, 1) << "cell " << i;
  }
}

TEST(HilbertTest, VisitsEveryCellOfACornerOnce) {
  const auto cells = along_curve(64, 1);
  for (std::size_t i = 0; i < cells.size(); ++i) ASSERT_EQ(cells[i].index, i);
}

TEST(HilbertTest, StepsToANeighbour) {
  expect_steps_to_neighbours(along_curve(64, 1));
  expect_steps_to_neighbours(along_curve(64, (1u << hilbert_bits) / 64));
}

TEST(HilbertTest, EndsAtTheLowerRightCorner) {
  constexpr std::uint32_t last = (1u << hilbert_bits) - 1;
  EXPECT_EQ(hilbert_index(0, 0), 0u);
  EXPECT_EQ(hilbert_index(last, 0), (std::uint64_t{1} << 2 * hilbert_bits) - 1);
}

}  // namespace
}  // namespace shakefield::site
