// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/field/reducer.hpp"
#include "shakefield/field/site_blocks.hpp"

namespace shakefield::field {

/// How many events of each realization reach each level of each IMT at each site. Integers, so that
/// they do not depend on their order. 4 M L bytes a site and realization in which any level is
/// reached. Local.
class ExceedanceCounts final : public SiteReducer {
 public:
  /// levels: [M][L] ascending, in the unit of the IMT.
  ExceedanceCounts(std::size_t num_sites, std::size_t num_realizations,
                   const std::vector<std::vector<double>>& levels);

  void add(const FieldValues& values) override;

  /// to[m * L + l] = number of events with a value >= level l of IMT m.
  void read(std::uint32_t site, std::uint32_t realization, std::span<std::uint32_t> to) const;

  core::RowType row_type() const override;
  void append_rows(std::uint32_t site, std::vector<std::byte>& rows) const override;
  void add_rows(std::span<const std::byte> rows) override;

 private:
  void find_highest(const FieldValues& values);

  std::size_t num_levels_;
  std::vector<float> floors_;  ///< [M][L] smallest values that reach the levels
  /// [M][L] events whose value reaches this level and no higher one.
  SiteBlocks<std::uint32_t> bins_;
  std::vector<std::uint32_t> highest_;  ///< [M][N] levels that the values at work reach
};

}  // namespace shakefield::field
