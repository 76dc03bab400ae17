// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "rate_sums.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "shakefield/calc/results.hpp"

namespace shakefield::calc {
namespace {

constexpr const char* path = "/progress/rates";
/// Rows of all ranks that root takes at a time.
constexpr std::size_t block_bytes = std::size_t{16} << 20;

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
  const auto site = std::as_bytes(std::span(&sites_[i], 1));
  rows.insert(rows.end(), site.begin(), site.end());
  for (std::size_t c = 0; c < columns_; ++c) {
    const auto values = std::as_bytes(of_site(i).subspan(c * column_stride(), values_));
    rows.insert(rows.end(), values.begin(), values.end());
  }
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
  std::optional<store::TableWriter> table;
  comm::agree(comm, [&] {
    if (!file) return;
    remove_rates_so_far(*file);
    core::RowType row;
    row.add("site", core::Scalar::u32).add("rates", core::Scalar::f64, "1", sums.row_values());
    table.emplace(*file, path, row, core::Attributes{{"axes", std::vector<std::string>{"row"}}});
  });
  const std::size_t step = std::max<std::size_t>(
      1, block_bytes / (sums.row_bytes() * static_cast<std::size_t>(comm.size())));
  const std::uint64_t most_sites = comm::largest(comm, std::uint64_t{sums.sites().size()});
  for (std::size_t first = 0; first < most_sites; first += step) {
    std::vector<std::byte> rows;
    for (std::size_t i = first; i < std::min(first + step, sums.sites().size()); ++i)
      sums.append_row(i, rows);
    const auto all = comm::gather(comm, rows);
    comm::agree(comm, [&] {
      for (const std::vector<std::byte>& part : all) table->append(part);
    });
  }
  comm::agree(comm, [&] {
    if (table) table->finish();
  });
}

void read_rates_so_far(const comm::Communicator& comm, const store::File* file, RateSums& sums) {
  const std::uint64_t rows_at_a_time = rows_per_block(sums.row_bytes());
  std::uint64_t num_rows = 0;
  comm::agree(comm, [&] {
    if (file) num_rows = store::shape(*file, path).front();
  });
  comm::broadcast(comm, num_rows);
  for (std::uint64_t first = 0; first < num_rows; first += rows_at_a_time) {
    std::vector<std::byte> rows;
    comm::agree(comm, [&] {
      if (!file) return;
      const core::Array block =
          store::read_rows(*file, path, first, std::min(rows_at_a_time, num_rows - first));
      rows.assign(block.data(), block.data() + block.size_bytes());
    });
    comm::broadcast(comm, rows);
    for (std::size_t at = 0; at < rows.size(); at += sums.row_bytes())
      sums.take_row(std::span(rows).subspan(at, sums.row_bytes()));
  }
}

void remove_rates_so_far(store::File& file) {
  store::remove(file, path);
}

}  // namespace shakefield::calc
