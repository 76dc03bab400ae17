// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "held_writes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace shakefield::store {
namespace {

std::uint64_t end_of(const HeldWrites::Pieces::value_type& piece) {
  return piece.first + piece.second.size();
}

void copy_to(std::vector<std::byte>& to, std::uint64_t offset, std::span<const std::byte> bytes) {
  std::ranges::copy(bytes, to.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

HeldWrites::Pieces::const_iterator HeldWrites::first_behind(std::uint64_t address) const {
  auto piece = pieces_.upper_bound(address);
  if (piece != pieces_.begin() && end_of(*std::prev(piece)) > address) --piece;
  return piece;
}

void HeldWrites::add(std::uint64_t address, std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  const std::uint64_t end = address + bytes.size();
  const auto first = first_behind(address);
  const auto last = pieces_.lower_bound(end);
  if (first != last && first->first <= address && end_of(*first) >= end) {
    copy_to(pieces_[first->first], address - first->first, bytes);
    return;
  }
  std::uint64_t begin = address, behind = end;
  if (first != last) {
    begin = std::min(begin, first->first);
    behind = std::max(behind, end_of(*std::prev(last)));
  }
  std::vector<std::byte> merged(behind - begin);
  for (auto piece = first; piece != last; ++piece) {
    copy_to(merged, piece->first - begin, piece->second);
    size_bytes_ -= piece->second.size();
  }
  copy_to(merged, address - begin, bytes);
  size_bytes_ += merged.size();
  pieces_.erase(first, last);
  pieces_.emplace(begin, std::move(merged));
}

void HeldWrites::overlay(std::uint64_t address, std::span<std::byte> bytes) const {
  const std::uint64_t end = address + bytes.size();
  for (auto piece = first_behind(address); piece != pieces_.end() && piece->first < end; ++piece) {
    const std::uint64_t from = std::max(address, piece->first);
    const std::uint64_t to = std::min(end, end_of(*piece));
    const auto part = std::span(piece->second).subspan(from - piece->first, to - from);
    std::ranges::copy(part, bytes.begin() + static_cast<std::ptrdiff_t>(from - address));
  }
}

void HeldWrites::cut(std::uint64_t end) {
  const auto behind = pieces_.lower_bound(end);
  for (auto piece = behind; piece != pieces_.end(); ++piece) size_bytes_ -= piece->second.size();
  pieces_.erase(behind, pieces_.end());
  if (pieces_.empty() || end_of(*pieces_.rbegin()) <= end) return;
  std::vector<std::byte>& bytes = pieces_.rbegin()->second;
  size_bytes_ -= end_of(*pieces_.rbegin()) - end;
  bytes.resize(end - pieces_.rbegin()->first);
}

void HeldWrites::clear() {
  pieces_.clear();
  size_bytes_ = 0;
}

}  // namespace shakefield::store
