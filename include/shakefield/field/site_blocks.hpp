// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace shakefield::field {

/// What a SiteReducer keeps: a block of numbers for each site and realization that is asked for, 0
/// at first. Takes memory only for these, and 4 bytes a realization of their sites. Up to 2^32 - 1
/// sites and blocks. Local.
template <class Number>
class SiteBlocks {
 public:
  SiteBlocks(std::size_t num_sites, std::size_t num_realizations, std::size_t block_size)
      : num_realizations_(num_realizations), block_size_(block_size), slots_(num_sites) {}

  std::size_t block_size() const { return block_size_; }

  /// The numbers to change.
  std::span<Number> at(std::uint32_t site, std::uint32_t realization) {
    std::uint32_t& slot = slots_[site];
    if (slot == 0) {
      blocks_.resize(blocks_.size() + num_realizations_);
      slot = static_cast<std::uint32_t>(blocks_.size() / num_realizations_);
    }
    std::uint32_t& block = blocks_[(slot - 1) * num_realizations_ + realization];
    if (block == 0) {
      if (num_blocks_ % blocks_per_page == 0)
        pages_.push_back(std::make_unique<Number[]>(blocks_per_page * block_size_));
      block = static_cast<std::uint32_t>(++num_blocks_);
    }
    return numbers_of(block);
  }
  /// The numbers, or none.
  std::span<const Number> find(std::uint32_t site, std::uint32_t realization) const {
    const std::uint32_t slot = slots_[site];
    const std::uint32_t block =
        slot == 0 ? 0 : blocks_[(slot - 1) * num_realizations_ + realization];
    if (block == 0) return {};
    return numbers_of(block);
  }

  /// As SiteReducer::append_rows().
  void append_rows(std::uint32_t site, std::vector<std::byte>& rows) const {
    if (slots_[site] == 0) return;
    for (std::uint32_t r = 0; r < num_realizations_; ++r) {
      const auto numbers = std::as_bytes(find(site, r));
      if (numbers.empty()) continue;
      const std::array place{site, r};
      const auto head = std::as_bytes(std::span(place));
      rows.insert(rows.end(), head.begin(), head.end());
      rows.insert(rows.end(), numbers.begin(), numbers.end());
    }
  }
  /// As SiteReducer::add_rows(): each number becomes merge(number, number of the row).
  template <class Merge>
  void add_rows(std::span<const std::byte> rows, const Merge& merge) {
    std::array<std::uint32_t, 2> place{};
    std::vector<Number> numbers(block_size_);
    const std::span<std::byte> block = std::as_writable_bytes(std::span(numbers));
    for (; !rows.empty(); rows = rows.subspan(sizeof place + block.size())) {
      std::memcpy(place.data(), rows.data(), sizeof place);
      std::memcpy(block.data(), &rows[sizeof place], block.size());
      const std::span<Number> to = at(place[0], place[1]);
      std::ranges::transform(to, numbers, to.begin(), merge);
    }
  }

 private:
  static_assert(std::is_trivially_copyable_v<Number>);
  static constexpr std::size_t blocks_per_page = 256;

  std::span<Number> numbers_of(std::uint32_t block) const {
    const std::size_t number = block - 1;
    return {&pages_[number / blocks_per_page][number % blocks_per_page * block_size_], block_size_};
  }

  std::size_t num_realizations_, block_size_;
  std::vector<std::uint32_t> slots_;   ///< [sites] 1 + number among the sites with blocks; 0: none
  std::vector<std::uint32_t> blocks_;  ///< [slots][R] 1 + number of the block; 0: none
  std::size_t num_blocks_ = 0;
  std::vector<std::unique_ptr<Number[]>> pages_;
};

}  // namespace shakefield::field
