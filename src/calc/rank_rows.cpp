// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "rank_rows.hpp"

#include <algorithm>
#include <optional>

#include "shakefield/calc/results.hpp"

namespace shakefield::calc {

void write_rank_rows(const comm::Communicator& comm, store::File* file, const std::string& path,
                     const core::RowType& row, std::size_t num_items, std::size_t block_items,
                     const AppendRows& append) {
  std::optional<store::TableWriter> table;
  comm::agree(comm, [&] {
    if (!file) return;
    store::remove(*file, path);
    table.emplace(*file, path, row, core::Attributes{{"axes", std::vector<std::string>{"row"}}});
  });
  std::vector<std::byte> rows;
  for (std::size_t first = 0; first < num_items; first += block_items) {
    rows.clear();
    append(first, std::min(first + block_items, num_items), rows);
    const auto all = comm::gather(comm, rows);
    comm::agree(comm, [&] {
      for (const std::vector<std::byte>& part : all) table->append(part);
    });
  }
  comm::agree(comm, [&] {
    if (table) table->finish();
  });
}

void read_rank_rows(const comm::Communicator& comm, const store::File* file,
                    const std::string& path, std::size_t row_bytes,
                    const std::function<void(std::span<const std::byte> row)>& take) {
  const std::uint64_t rows_at_a_time = rows_per_block(row_bytes);
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
    for (std::size_t at = 0; at < rows.size(); at += row_bytes)
      take(std::span(rows).subspan(at, row_bytes));
  }
}

}  // namespace shakefield::calc
