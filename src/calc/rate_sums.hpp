// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "classical_rates.hpp"
#include "shakefield/comm/communicator.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Sums of rates over shares of the sources at some sites.
class RateSums {
 public:
  /// sites: ids, ascending; values: of a site and column.
  RateSums(std::vector<std::uint32_t> sites, std::size_t columns, std::size_t values);

  void add(const ShareRates& share);
  const std::vector<std::uint32_t>& sites() const { return sites_; }
  /// Value v of column c at site number i: of_site(i)[c * column_stride() + v].
  std::span<const double> of_site(std::size_t i) const {
    return std::span(sums_).subspan(i * values_);
  }
  std::size_t column_stride() const { return sites_.size() * values_; }

  /// Bytes of a row that append_row() makes: site, values of all columns.
  std::size_t row_bytes() const { return sizeof(std::uint32_t) + row_values() * sizeof(double); }
  std::size_t row_values() const { return columns_ * values_; }
  void append_row(std::size_t i, std::vector<std::byte>& rows) const;
  /// Takes the values of a row, if its site is one of these.
  void take_row(std::span<const std::byte> row);

 private:
  std::vector<std::uint32_t> sites_;
  std::size_t columns_, values_;
  std::vector<double> sums_;  ///< [columns][sites][values]
};

/// Writes the sums of all ranks, whose sites are distinct, into /progress/rates, in place of those
/// of the last commit; some MiB at a time. `file` is null on all ranks but root. Throws the same
/// error on all ranks. Collective.
void write_rates_so_far(const comm::Communicator& comm, store::File* file, const RateSums& sums);
/// Takes up what that wrote, on any number of ranks. Collective, as above.
void read_rates_so_far(const comm::Communicator& comm, const store::File* file, RateSums& sums);
/// Root only; local.
void remove_rates_so_far(store::File& file);

}  // namespace shakefield::calc
