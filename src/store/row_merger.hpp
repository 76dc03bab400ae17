// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shakefield::store {

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
/// Programming 3, 5.4.1). Where stretches are short and sites dense, a table of the sites takes the
/// tree's place: sorting by distribution (ibid., 5.2).
class RowMerger {
 public:
  RowMerger(std::size_t row_bytes, RowTarget& target) : row_bytes_(row_bytes), target_(target) {}

  /// `rows` of each rank; sites are distinct.
  void merge(std::span<const std::span<const std::byte>> rows);

 private:
  /// What is left of a rank's rows.
  struct List {
    const std::byte* row;
    const std::byte* end;
  };

  void copy_all(List& list);
  template <class RowBytes>
  void merge_two(RowBytes row_bytes, List& a, List& b);
  /// False if the rest, not empty, is better merged by its sites.
  template <class RowBytes>
  bool merge_by_tree(RowBytes row_bytes, std::span<List> lists);
  template <class RowBytes>
  void merge_by_site(RowBytes row_bytes, std::span<List> lists);
  bool is_dense() const;

  std::size_t row_bytes_;
  RowTarget& target_;
  std::vector<List> lists_;
  std::vector<std::uint64_t> winners_, losers_;  ///< scratch of merge_by_tree
  std::vector<const std::byte*> row_at_;         ///< of merge_by_site: null between calls
};

}  // namespace shakefield::store
