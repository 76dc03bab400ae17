// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "site_rows.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "rank_rows.hpp"
#include "shakefield/comm/exchange.hpp"

namespace shakefield::calc {
namespace {

constexpr int tag = 301;

}  // namespace

void write_site_rows(const comm::Communicator& comm, store::File* file, const std::string& path,
                     const field::SiteReducer& reducer, const job::Job& job) {
  const core::RowType row = reducer.row_type();
  const std::size_t block_sites =
      std::max<std::size_t>(1, rank_rows_bytes / (job.tree.realizations.size() * row.bytes));
  write_rank_rows(comm, file, path, row, job.sites.size(), block_sites,
                  [&](std::size_t first, std::size_t last, std::vector<std::byte>& rows) {
                    for (std::size_t site = first; site < last; ++site)
                      reducer.append_rows(static_cast<std::uint32_t>(site), rows);
                  });
}

void read_site_rows(const comm::Communicator& comm, const store::File* file,
                    const std::string& path, std::span<const std::uint32_t> own_sites,
                    field::SiteReducer& reducer) {
  read_rank_rows(comm, file, path, reducer.row_type().bytes, [&](std::span<const std::byte> row) {
    std::uint32_t site = 0;
    std::memcpy(&site, row.data(), sizeof site);
    if (std::ranges::binary_search(own_sites, site)) reducer.add_rows(row);
  });
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
