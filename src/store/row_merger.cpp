// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "row_merger.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "with_row_bytes.hpp"

namespace shakefield::store {
namespace {

std::uint32_t site_of(const std::byte* row) {
  std::uint32_t site;
  std::memcpy(&site, row, sizeof site);
  return site;
}

}  // namespace

RowMerger::Head RowMerger::open(const Share& share) const {
  Head head{share.source, share.rows * row_bytes_, nullptr, nullptr, nullptr};
  refill(head);
  return head;
}

bool RowMerger::refill(Head& head) const {
  if (head.row != head.end) return true;
  if (head.begin) {
    const auto used = static_cast<std::size_t>(head.end - head.begin);
    head.source->advance(used);
    head.left_bytes -= used;
  }
  head.begin = head.row = head.end = nullptr;
  if (head.left_bytes == 0) return false;
  const std::span<const std::byte> rows = head.source->available();
  head.begin = head.row = rows.data();
  head.end = head.begin + std::min(rows.size(), head.left_bytes);
  return true;
}

void RowMerger::copy_stretch(Head& head) {
  target_.append({head.row, head.end});
  head.row = head.end;
}

void RowMerger::copy_all(Head& head) {
  while (refill(head)) copy_stretch(head);
}

template <class RowBytes>
void RowMerger::merge_two(RowBytes row_bytes, Head& a, Head& b) {
  while (refill(a) && refill(b)) {
    if (site_of(a.end - row_bytes) < site_of(b.row)) {
      copy_stretch(a);
      continue;
    }
    if (site_of(b.end - row_bytes) < site_of(a.row)) {
      copy_stretch(b);
      continue;
    }
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
void RowMerger::merge_many(RowBytes row_bytes, std::span<Head> heads) {
  constexpr std::uint64_t used_up = std::numeric_limits<std::uint64_t>::max();
  const std::size_t n = heads.size();
  // Site and number of the head in one key: comparing keys compares sites, and tells whose row it
  // is.
  const auto key_of = [&](std::size_t i) { return std::uint64_t{site_of(heads[i].row)} << 32 | i; };
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

  for (std::uint64_t winner = winners[1]; winner != used_up;) {
    const auto i = static_cast<std::size_t>(winner & 0xffffffffU);
    std::uint64_t second = used_up;
    for (std::size_t node = (n + i) / 2; node >= 1; node /= 2)
      second = std::min(second, losers[node]);
    Head& head = heads[i];
    const auto second_site = static_cast<std::uint32_t>(second >> 32);
    const std::byte* end = head.row + row_bytes;
    if (second == used_up || site_of(head.end - row_bytes) < second_site) {
      end = head.end;
    } else {
      while (site_of(end) < second_site) end += row_bytes;
    }
    if (end - head.row == static_cast<std::ptrdiff_t>(row_bytes)) {
      std::memcpy(target_.reserve(1).data(), head.row, row_bytes);
      target_.commit(1);
    } else {
      target_.append({head.row, end});
    }
    head.row = end;
    std::uint64_t key = refill(head) ? key_of(i) : used_up;
    for (std::size_t node = (n + i) / 2; node >= 1; node /= 2) {
      const std::uint64_t loser = losers[node];
      losers[node] = std::max(key, loser);
      key = std::min(key, loser);
    }
    winner = key;
  }
}

void RowMerger::merge(std::span<const Share> shares) {
  heads_.clear();
  for (const Share& share : shares)
    if (share.rows > 0) heads_.push_back(open(share));
  if (heads_.empty()) return;
  if (heads_.size() == 1) return copy_all(heads_.front());
  with_row_bytes(row_bytes_, [this](auto row_bytes) {
    if (heads_.size() == 2) {
      merge_two(row_bytes, heads_[0], heads_[1]);
    } else {
      merge_many(row_bytes, heads_);
    }
  });
}

}  // namespace shakefield::store
