// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/geo/mesh.hpp"

#include <utility>

#include "shakefield/core/contract.hpp"

namespace shakefield::geo {

Mesh::Mesh(std::size_t rows, std::size_t cols, std::vector<Point> nodes)
    : rows_(rows), cols_(cols), nodes_(std::move(nodes)) {
  SHAKEFIELD_EXPECT(nodes_.size() == rows_ * cols_);
}

Mesh Mesh::window(std::size_t row, std::size_t col, std::size_t rows, std::size_t cols) const {
  SHAKEFIELD_EXPECT(row + rows <= rows_ && col + cols <= cols_);
  std::vector<Point> nodes;
  nodes.reserve(rows * cols);
  for (std::size_t r = row; r < row + rows; ++r) {
    const auto first = nodes_.begin() + static_cast<std::ptrdiff_t>(r * cols_ + col);
    nodes.insert(nodes.end(), first, first + static_cast<std::ptrdiff_t>(cols));
  }
  return Mesh(rows, cols, std::move(nodes));
}

}  // namespace shakefield::geo
