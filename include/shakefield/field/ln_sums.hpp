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

/// Moments of ln of the values (MMI: of the values) of one site, realization and IMT.
struct LnMoments {
  std::int64_t count = 0;  ///< events in reach of the site
  double mean = 0;         ///< NaN without any
  double sd = 0;           ///< of the sample (n - 1); NaN below two
};

/// Number, sum and sum of squares of ln of all values, by site, realization and IMT. Sums are exact
/// multiples of 2^-24, so they do not depend on their order. 8 + 16 M bytes a site and realization
/// that any event reaches. Local.
class LnSums final : public SiteReducer {
 public:
  LnSums(std::size_t num_sites, std::size_t num_realizations, std::size_t num_imts);

  void add(const FieldValues& values) override;
  LnMoments moments(std::uint32_t site, std::uint32_t realization, std::size_t imt) const;

  core::RowType row_type() const override;
  void append_rows(std::uint32_t site, std::vector<std::byte>& rows) const override;
  void add_rows(std::span<const std::byte> rows) override;

 private:
  std::size_t num_imts_;
  SiteBlocks<std::int64_t> sums_;  ///< count, then ln and ln^2 of each IMT
};

}  // namespace shakefield::field
