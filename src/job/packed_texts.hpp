// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shakefield::job {

/// Texts on their way from root to the other ranks, which take them in the order of put().
class PackedTexts {
 public:
  PackedTexts() = default;
  explicit PackedTexts(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

  void put(std::string_view text);
  std::string take();
  /// Whether all were taken.
  bool is_empty() const { return taken_ == bytes_.size(); }
  std::vector<std::byte>& bytes() { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
  std::size_t taken_ = 0;
};

}  // namespace shakefield::job
