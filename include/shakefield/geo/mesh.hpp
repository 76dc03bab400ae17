// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "shakefield/geo/point.hpp"

namespace shakefield::geo {

/// A rectangular mesh of nodes, row-major: row 0 is the top edge, columns run along strike.
class Mesh {
 public:
  Mesh() = default;
  Mesh(std::size_t rows, std::size_t cols, std::vector<Point> nodes);

  std::size_t rows() const { return rows_; }
  std::size_t cols() const { return cols_; }
  const Point& operator()(std::size_t row, std::size_t col) const {
    return nodes_[row * cols_ + col];
  }
  std::span<const Point> nodes() const { return nodes_; }
  /// Copy of a window of nodes.
  Mesh window(std::size_t row, std::size_t col, std::size_t rows, std::size_t cols) const;

 private:
  std::size_t rows_ = 0, cols_ = 0;
  std::vector<Point> nodes_;
};

}  // namespace shakefield::geo
