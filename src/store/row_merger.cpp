// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "row_merger.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "with_row_bytes.hpp"

namespace shakefield::store {
namespace {

// When the tree gives way to the table: after so many stretches that were shorter than this on
// average, if the rest has a row for every fourth site at least.
constexpr std::size_t tried_stretches = 32;
constexpr std::size_t short_stretch_rows = 24;
constexpr std::size_t sites_of_a_row = 4;
constexpr std::size_t most_table_sites = std::size_t{1} << 14;

std::uint32_t site_of(const std::byte* row) {
  std::uint32_t site;
  std::memcpy(&site, row, sizeof site);
  return site;
}

}  // namespace

void RowMerger::copy_all(List& list) {
  if (list.row == list.end) return;
  target_.append({list.row, list.end});
  list.row = list.end;
}

template <class RowBytes>
void RowMerger::merge_two(RowBytes row_bytes, List& a, List& b) {
  if (site_of(b.end - row_bytes) < site_of(a.row)) std::swap(a, b);
  if (site_of(a.end - row_bytes) < site_of(b.row)) copy_all(a);
  while (a.row != a.end && b.row != b.end) {
    const auto at_hand = static_cast<std::size_t>((a.end - a.row) + (b.end - b.row)) / row_bytes;
    const std::span<std::byte> room = target_.reserve(at_hand);
    std::byte* out = room.data();
    std::byte* const out_end = out + room.size() / row_bytes * row_bytes;
    const std::byte* row_a = a.row;
    const std::byte* row_b = b.row;
    while (out != out_end && row_a != a.end && row_b != b.end) {
      const std::size_t from_b = site_of(row_b) < site_of(row_a);
      std::memcpy(out, from_b ? row_b : row_a, row_bytes);
      out += row_bytes;
      row_b += row_bytes * from_b;
      row_a += row_bytes * (1 - from_b);
    }
    a.row = row_a;
    b.row = row_b;
    target_.commit(static_cast<std::size_t>(out - room.data()) / row_bytes);
  }
  copy_all(a);
  copy_all(b);
}

template <class RowBytes>
bool RowMerger::merge_by_tree(RowBytes row_bytes, std::span<List> lists) {
  constexpr std::uint64_t used_up = std::numeric_limits<std::uint64_t>::max();
  const std::size_t n = lists.size();
  // Site and number of the list in one key: comparing keys compares sites, and tells whose row it
  // is.
  const auto key_of = [&](std::size_t i) { return std::uint64_t{site_of(lists[i].row)} << 32 | i; };
  std::vector<std::uint64_t>& losers =
      losers_;  // inner nodes 1 … n-1 of a tree with leaves n … 2n-1
  std::vector<std::uint64_t>& winners = winners_;
  losers.resize(n);
  winners.resize(2 * n);
  for (std::size_t i = 0; i < n; ++i) winners[n + i] = key_of(i);
  for (std::size_t node = n - 1; node >= 1; --node) {
    winners[node] = std::min(winners[2 * node], winners[2 * node + 1]);
    losers[node] = std::max(winners[2 * node], winners[2 * node + 1]);
  }

  std::size_t stretches = 0, rows = 0;
  for (std::uint64_t winner = winners[1]; winner != used_up;) {
    if (++stretches == tried_stretches && rows < short_stretch_rows * stretches && is_dense())
      return false;
    const auto i = static_cast<std::size_t>(winner & 0xffffffffU);
    std::uint64_t second = used_up;
    for (std::size_t node = (n + i) / 2; node >= 1; node /= 2)
      second = std::min(second, losers[node]);
    List& list = lists[i];
    const auto second_site = static_cast<std::uint32_t>(second >> 32);
    const std::byte* end = list.row + row_bytes;
    if (second == used_up || site_of(list.end - row_bytes) < second_site) {
      end = list.end;
    } else {
      while (site_of(end) < second_site) end += row_bytes;
    }
    rows += static_cast<std::size_t>(end - list.row) / row_bytes;
    if (end - list.row == static_cast<std::ptrdiff_t>(row_bytes)) {
      std::memcpy(target_.reserve(1).data(), list.row, row_bytes);
      target_.commit(1);
    } else {
      target_.append({list.row, end});
    }
    list.row = end;
    std::uint64_t key = list.row != list.end ? key_of(i) : used_up;
    for (std::size_t node = (n + i) / 2; node >= 1; node /= 2) {
      const std::uint64_t loser = losers[node];
      losers[node] = std::max(key, loser);
      key = std::min(key, loser);
    }
    winner = key;
  }
  return true;
}

/// Whether the sites of what is left are few enough for a table, and most of them have rows.
bool RowMerger::is_dense() const {
  std::size_t rows = 0;
  std::uint32_t first = std::numeric_limits<std::uint32_t>::max(), last = 0;
  for (const List& list : lists_) {
    if (list.row == list.end) continue;
    rows += static_cast<std::size_t>(list.end - list.row) / row_bytes_;
    first = std::min(first, site_of(list.row));
    last = std::max(last, site_of(list.end - row_bytes_));
  }
  return last - first < std::min(most_table_sites, sites_of_a_row * rows);
}

template <class RowBytes>
void RowMerger::merge_by_site(RowBytes row_bytes, std::span<List> lists) {
  std::uint32_t first = std::numeric_limits<std::uint32_t>::max();
  std::size_t left = 0;
  for (const List& list : lists) {
    if (list.row == list.end) continue;
    first = std::min(first, site_of(list.row));
    left += static_cast<std::size_t>(list.end - list.row) / row_bytes;
  }
  row_at_.resize(most_table_sites, nullptr);
  for (List& list : lists)
    for (; list.row != list.end; list.row += row_bytes)
      row_at_[site_of(list.row) - first] = list.row;
  const std::byte** at = row_at_.data();
  while (left > 0) {
    const std::span<std::byte> room = target_.reserve(left);
    const std::size_t rows = std::min(left, room.size() / row_bytes);
    std::byte* out = room.data();
    for (std::byte* const end = out + rows * row_bytes; out != end; ++at) {
      if (!*at) continue;
      std::memcpy(out, std::exchange(*at, nullptr), row_bytes);
      out += row_bytes;
    }
    left -= rows;
    target_.commit(rows);
  }
}

void RowMerger::merge(std::span<const std::span<const std::byte>> rows) {
  lists_.clear();
  for (const std::span<const std::byte> list : rows)
    if (!list.empty()) lists_.push_back({list.data(), list.data() + list.size()});
  if (lists_.empty()) return;
  if (lists_.size() == 1) return copy_all(lists_.front());
  with_row_bytes(row_bytes_, [this](auto row_bytes) {
    if (lists_.size() == 2) {
      merge_two(row_bytes, lists_[0], lists_[1]);
    } else if (!merge_by_tree(row_bytes, lists_)) {
      merge_by_site(row_bytes, lists_);
    }
  });
}

}  // namespace shakefield::store
