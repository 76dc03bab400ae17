// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shakefield::store {

/// Rows of one rank in order, as far as they have come.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Whole rows at hand, one at least; waits for them. Valid until the next call behind their last
  /// row.
  virtual std::span<const std::byte> available() = 0;
  /// Done with this many bytes of what is available.
  virtual void advance(std::size_t bytes) = 0;
};

/// Where merged rows go.
class RowTarget {
 public:
  virtual ~RowTarget() = default;
  /// Room for up to `max_rows` rows, one at least (bytes behind the last whole row are not used);
  /// commit() tells how many were filled in.
  virtual std::span<std::byte> reserve(std::size_t max_rows) = 0;
  virtual void commit(std::size_t rows) = 0;
  virtual void append(std::span<const std::byte> rows) = 0;
};

/// Merges rows of one event that several ranks made, each sorted by site (the first u32 of a row),
/// straight into the target: whole stretches at once where the ranks' sites do not interleave, else
/// two ways without unforeseeable branches, else by a tree of losers (Knuth, The Art of Computer
/// Programming 3, 5.4.1).
class RowMerger {
 public:
  RowMerger(std::size_t row_bytes, RowTarget& target) : row_bytes_(row_bytes), target_(target) {}

  /// Merges the next `rows` rows of each source; sites are distinct.
  struct Share {
    RowSource* source;
    std::size_t rows;
  };
  void merge(std::span<const Share> shares);

 private:
  /// A source's share of the event: a stretch at hand, [row, end), and rows behind it.
  struct Head {
    RowSource* source;
    std::size_t left_bytes;  ///< from `begin` on
    const std::byte* begin;
    const std::byte* row;
    const std::byte* end;
  };

  Head open(const Share& share) const;
  /// Makes sure that a row is at hand; false if the share is used up.
  bool refill(Head& head) const;
  void copy_stretch(Head& head);
  void copy_all(Head& head);
  template <class RowBytes>
  void merge_two(RowBytes row_bytes, Head& a, Head& b);
  template <class RowBytes>
  void merge_many(RowBytes row_bytes, std::span<Head> heads);

  std::size_t row_bytes_;
  RowTarget& target_;
  std::vector<Head> heads_;
  std::vector<std::uint64_t> winners_, losers_;  ///< scratch of merge_many
};

}  // namespace shakefield::store
