// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "row_merger.hpp"

namespace shakefield::store {

/// Rows one behind the other in memory, which is kept when they are cleared.
class RowBuffer final : public RowTarget {
 public:
  explicit RowBuffer(std::size_t row_bytes) : row_bytes_(row_bytes) {}

  void clear() { used_ = 0; }
  std::span<const std::byte> rows() const { return std::span(memory_).first(used_); }

  std::span<std::byte> reserve(std::size_t max_rows) override {
    memory_.resize(std::max(memory_.size(), used_ + max_rows * row_bytes_));
    return std::span(memory_).subspan(used_, max_rows * row_bytes_);
  }
  void commit(std::size_t rows) override { used_ += rows * row_bytes_; }
  void append(std::span<const std::byte> rows) override {
    std::memcpy(reserve(rows.size() / row_bytes_).data(), rows.data(), rows.size());
    used_ += rows.size();
  }

 private:
  std::size_t row_bytes_;
  std::vector<std::byte> memory_;
  std::size_t used_ = 0;
};

}  // namespace shakefield::store
