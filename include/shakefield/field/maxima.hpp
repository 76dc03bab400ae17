// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "shakefield/field/reducer.hpp"
#include "shakefield/field/site_blocks.hpp"

namespace shakefield::field {

/// The largest value and its event, by site, realization and IMT; of equal values that of the
/// lowest event id. 8 M bytes a site and realization that any event reaches. Local.
class Maxima final : public SiteReducer {
 public:
  struct Maximum {
    float value = 0;  ///< in the unit of the IMT
    std::uint32_t event = 0;
  };

  Maxima(std::size_t num_sites, std::size_t num_realizations, std::size_t num_imts);

  void add(const FieldValues& values) override;
  /// Nothing where no event reaches the site.
  std::optional<Maximum> find(std::uint32_t site, std::uint32_t realization, std::size_t imt) const;

  core::RowType row_type() const override;
  void append_rows(std::uint32_t site, std::vector<std::byte>& rows) const override;
  void add_rows(std::span<const std::byte> rows) override;

 private:
  /// Value and event as one number, so that the largest number is the maximum; 0: none.
  SiteBlocks<std::uint64_t> ranks_;
};

}  // namespace shakefield::field
