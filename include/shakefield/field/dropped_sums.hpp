// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shakefield::field {

/// Sums over values that were not stored. Integers, so that they do not depend on their order.
struct DroppedSum {
  std::int64_t count = 0;
  std::int64_t ln = 0;   ///< sum of logarithms, in units of 2^-24
  std::int64_t ln2 = 0;  ///< sum of their squares, in units of 2^-24

  DroppedSum& operator+=(const DroppedSum& other) {
    count += other.count;
    ln += other.ln;
    ln2 += other.ln2;
    return *this;
  }
  friend bool operator==(const DroppedSum&, const DroppedSum&) = default;
};

/// Values not stored because of minimum_intensity, so that averages stay right: one sum a site of
/// the rank, realization and IMT. Takes memory only for the realizations of 256 neighbouring sites
/// in which anything was dropped: most realizations of a large logic tree see few events. Local.
class DroppedSums {
 public:
  /// Without room for any sum.
  DroppedSums() = default;
  DroppedSums(std::size_t num_sites, std::size_t num_realizations, std::size_t num_imts)
      : num_realizations_(num_realizations),
        num_imts_(num_imts),
        blocks_((num_sites + block_sites - 1) / block_sites * num_realizations) {}

  bool empty() const { return blocks_.empty(); }
  /// [M] sums to add to; `site` is a position among the sites of the rank.
  std::span<DroppedSum> at(std::size_t site, std::size_t realization) {
    std::vector<DroppedSum>& block = blocks_[block_of(site, realization)];
    if (block.empty()) block.resize(block_sites * num_imts_);
    return std::span(block).subspan(site % block_sites * num_imts_, num_imts_);
  }
  /// [M] sums, or nothing where nothing was dropped.
  std::span<const DroppedSum> find(std::size_t site, std::size_t realization) const {
    const std::vector<DroppedSum>& block = blocks_[block_of(site, realization)];
    if (block.empty()) return {};
    return std::span(block).subspan(site % block_sites * num_imts_, num_imts_);
  }

 private:
  static constexpr std::size_t block_sites = 256;

  std::size_t block_of(std::size_t site, std::size_t realization) const {
    return site / block_sites * num_realizations_ + realization;
  }

  std::size_t num_realizations_ = 0, num_imts_ = 0;
  std::vector<std::vector<DroppedSum>> blocks_;  ///< [sites / 256][R] of [256][M]
};

}  // namespace shakefield::field
