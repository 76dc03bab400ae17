// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/field/reducer.hpp"

namespace shakefield::field {

/// How many events of each realization reach each level of each IMT at each site. Integers by site
/// id, so that counts of several ranks, or of several runs over parts of the events, add up to
/// those of one. Takes memory only for sites and realizations in which any level was reached: 4 M L
/// bytes each, and 4 bytes a realization of these sites. Local.
class ExceedanceCounts final : public Reducer {
 public:
  /// levels: [M][L] ascending, in the unit of the IMT. Up to 2^32 - 1 sites and pairs of site and
  /// realization.
  ExceedanceCounts(std::size_t num_sites, std::size_t num_realizations,
                   const std::vector<std::vector<double>>& levels);

  void add(const FieldValues& values) override;

  /// to[m * L + l] = number of events with a value >= level l of IMT m.
  void read(std::uint32_t site, std::uint32_t realization, std::span<std::uint32_t> to) const;

  /// Counts as plain bytes, for files and messages: a row holds site, realization and M L numbers,
  /// all u32.
  std::size_t row_bytes() const;
  /// Appends the rows of one site: one for each realization in which any level was reached.
  void append_rows(std::uint32_t site, std::vector<std::byte>& rows) const;
  /// Adds the counts of rows that append_rows() made.
  void add_rows(std::span<const std::byte> rows);

 private:
  std::size_t num_bins() const { return floors_.size(); }
  std::span<std::uint32_t> bins(std::uint32_t site, std::uint32_t realization);
  std::span<const std::uint32_t> find(std::uint32_t site, std::uint32_t realization) const;
  void find_highest(const FieldValues& values);

  std::size_t num_realizations_, num_levels_;
  std::vector<float> floors_;  ///< [M][L] smallest values that reach the levels
  std::vector<std::uint32_t>
      slots_;  ///< [sites] 1 + number among the sites that have counts; 0: none
  std::vector<std::uint32_t> blocks_;  ///< [slots][R] 1 + number of the block; 0: none
  std::size_t num_blocks_ = 0;
  /// Pages of blocks [M][L]: events whose value reaches this level and no higher one.
  std::vector<std::unique_ptr<std::uint32_t[]>> pages_;
  std::vector<std::uint32_t> highest_;  ///< [M][N] levels that the values at work reach
};

}  // namespace shakefield::field
