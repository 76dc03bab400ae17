// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/mesh.hpp"

#include <gtest/gtest.h>

namespace shakefield::geo {
namespace {

Mesh numbered(std::size_t rows, std::size_t cols) {
  std::vector<Point> nodes;
  for (std::size_t i = 0; i < rows * cols; ++i) nodes.push_back({static_cast<double>(i), 0, 0});
  return Mesh(rows, cols, nodes);
}

TEST(MeshTest, RowsComeFirst) {
  const Mesh mesh = numbered(3, 4);
  EXPECT_EQ(mesh(0, 3).lon_deg, 3);
  EXPECT_EQ(mesh(2, 1).lon_deg, 9);
}

TEST(MeshTest, WindowCopiesItsNodes) {
  const Mesh window = numbered(4, 5).window(1, 2, 2, 3);
  ASSERT_EQ(window.rows(), 2u);
  ASSERT_EQ(window.cols(), 3u);
  EXPECT_EQ(window(0, 0).lon_deg, 7);
  EXPECT_EQ(window(1, 2).lon_deg, 14);
}

}  // namespace
}  // namespace shakefield::geo
