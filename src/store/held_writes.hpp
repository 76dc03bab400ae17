// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace shakefield::store {

/// Writes that a file has not got yet: pieces by address that do not overlap; of what was written
/// to one place, the last holds.
class HeldWrites {
 public:
  using Pieces = std::map<std::uint64_t, std::vector<std::byte>>;

  void add(std::uint64_t address, std::span<const std::byte> bytes);
  /// Puts what is held over `bytes`, which were read from the file at `address`.
  void overlay(std::uint64_t address, std::span<std::byte> bytes) const;
  /// Drops what lies at `end` and behind it.
  void cut(std::uint64_t end);
  void clear();

  std::size_t size_bytes() const { return size_bytes_; }
  bool empty() const { return pieces_.empty(); }
  const Pieces& pieces() const { return pieces_; }

 private:
  /// The first piece that ends behind `address`.
  Pieces::const_iterator first_behind(std::uint64_t address) const;

  Pieces pieces_;
  std::size_t size_bytes_ = 0;
};

}  // namespace shakefield::store
