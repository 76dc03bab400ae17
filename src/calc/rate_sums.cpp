// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "rate_sums.hpp"

#include <algorithm>
#include <cstring>

#include "put_bytes.hpp"
#include "rank_rows.hpp"

namespace shakefield::calc {
namespace {

constexpr const char* path = "/progress/rates";

}  // namespace

RateSums::RateSums(std::vector<std::uint32_t> sites, std::size_t columns, std::size_t values)
    : sites_(std::move(sites)),
      columns_(columns),
      values_(values),
      sums_(columns * sites_.size() * values, 0.0) {}

void RateSums::add(const ShareRates& share) {
  const std::size_t size = column_stride();
  for (std::size_t c = 0; c < share.columns.size(); ++c) {
    const double* const from = &share.rates[c * size];
    double* const to = &sums_[share.columns[c] * size];
    for (std::size_t v = 0; v < size; ++v) to[v] += from[v];
  }
}

void RateSums::append_row(std::size_t i, std::vector<std::byte>& rows) const {
  put(rows, sites_[i]);
  for (std::size_t c = 0; c < columns_; ++c)
    put_all(rows, of_site(i).subspan(c * column_stride(), values_));
}

void RateSums::take_row(std::span<const std::byte> row) {
  std::uint32_t site = 0;
  std::memcpy(&site, row.data(), sizeof site);
  const auto found = std::ranges::lower_bound(sites_, site);
  if (found == sites_.end() || *found != site) return;
  double* const to = &sums_[static_cast<std::size_t>(found - sites_.begin()) * values_];
  const std::byte* const from = row.data() + sizeof site;
  for (std::size_t c = 0; c < columns_; ++c)
    std::memcpy(to + c * column_stride(), from + c * values_ * sizeof(double),
                values_ * sizeof(double));
}

void write_rates_so_far(const comm::Communicator& comm, store::File* file, const RateSums& sums) {
  core::RowType row;
  row.add("site", core::Scalar::u32).add("rates", core::Scalar::f64, "1", sums.row_values());
  const std::size_t block_sites = std::max<std::size_t>(
      1, rank_rows_bytes / (sums.row_bytes() * static_cast<std::size_t>(comm.size())));
  const std::uint64_t most_sites = comm::largest(comm, std::uint64_t{sums.sites().size()});
  write_rank_rows(comm, file, path, row, most_sites, block_sites,
                  [&](std::size_t first, std::size_t last, std::vector<std::byte>& rows) {
                    for (std::size_t i = first; i < std::min(last, sums.sites().size()); ++i)
                      sums.append_row(i, rows);
                  });
}

void read_rates_so_far(const comm::Communicator& comm, const store::File* file, RateSums& sums) {
  read_rank_rows(comm, file, path, sums.row_bytes(),
                 [&](std::span<const std::byte> row) { sums.take_row(row); });
}

void remove_rates_so_far(store::File& file) {
  store::remove(file, path);
}

}  // namespace shakefield::calc
