// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "site_rows.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>

#include "shakefield/calc/results.hpp"
#include "shakefield/comm/exchange.hpp"

namespace shakefield::calc {
namespace {

constexpr int tag = 301;
/// Of the rows that all ranks send to root at a time.
constexpr std::size_t block_bytes = std::size_t{16} << 20;

}  // namespace

void write_site_rows(const comm::Communicator& comm, store::File* file, const std::string& path,
                     const field::SiteReducer& reducer, const job::Job& job) {
  const core::RowType row = reducer.row_type();
  std::optional<store::TableWriter> table;
  comm::agree(comm, [&] {
    if (!file) return;
    store::remove(*file, path);
    table.emplace(*file, path, row, core::Attributes{{"axes", std::vector<std::string>{"row"}}});
  });
  const std::size_t num_sites = job.sites.size();
  const std::size_t block_sites =
      std::max<std::size_t>(1, block_bytes / (job.tree.realizations.size() * row.bytes));
  std::vector<std::byte> rows;
  for (std::size_t first = 0; first < num_sites; first += block_sites) {
    rows.clear();
    for (std::size_t site = first; site < std::min(first + block_sites, num_sites); ++site)
      reducer.append_rows(static_cast<std::uint32_t>(site), rows);
    const auto all = comm::gather(comm, rows);
    comm::agree(comm, [&] {
      for (const std::vector<std::byte>& part : all) table->append(part);
    });
  }
  comm::agree(comm, [&] {
    if (table) table->finish();
  });
}

void read_site_rows(const comm::Communicator& comm, const store::File* file,
                    const std::string& path, std::span<const std::uint32_t> own_sites,
                    field::SiteReducer& reducer) {
  const std::size_t row_bytes = reducer.row_type().bytes;
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
    for (std::size_t at = 0; at < rows.size(); at += row_bytes) {
      std::uint32_t site = 0;
      std::memcpy(&site, &rows[at], sizeof site);
      if (std::ranges::binary_search(own_sites, site))
        reducer.add_rows(std::span(rows).subspan(at, row_bytes));
    }
  }
}

std::vector<std::byte> exchange_site_rows(const comm::Communicator& comm,
                                          const field::SiteReducer& reducer, std::uint32_t first,
                                          std::uint32_t last,
                                          const std::function<std::size_t(std::uint32_t)>& owner) {
  const auto num_ranks = static_cast<std::size_t>(comm.size());
  const auto own = static_cast<std::size_t>(comm.rank());
  std::vector<std::vector<std::byte>> sent(num_ranks);
  for (std::uint32_t site = first; site < last; ++site)
    reducer.append_rows(site, sent[owner(site)]);
  std::vector<std::uint64_t> sizes;  // [to]
  for (const std::vector<std::byte>& rows : sent) sizes.push_back(rows.size());
  std::vector<std::uint64_t> to_own;  // [from]
  for (const auto& of_rank : comm::all_gather(comm, std::as_bytes(std::span(sizes))))
    std::memcpy(&to_own.emplace_back(), &of_rank[own * sizeof(std::uint64_t)],
                sizeof(std::uint64_t));

  std::vector<std::byte> received(std::accumulate(to_own.begin(), to_own.end(), std::size_t{0}));
  std::span<std::byte> room = received;
  comm::Exchange exchange(comm);
  for (std::size_t rank = 0; rank < num_ranks; ++rank) {
    const std::span<std::byte> part = room.first(to_own[rank]);
    room = room.subspan(part.size());
    if (rank == own) {
      std::ranges::copy(sent[own], part.begin());
    } else {
      exchange.receive(static_cast<int>(rank), tag, part);
      exchange.send(static_cast<int>(rank), tag, sent[rank]);
    }
  }
  exchange.wait();
  return received;
}

}  // namespace shakefield::calc
