// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "run_exchange.hpp"

#include <algorithm>
#include <numeric>

namespace shakefield::store {
namespace {

constexpr int counts_tag = 104;
constexpr int rows_tag = 105;

}  // namespace

RunExchange::RunExchange(const comm::Communicator& comm, std::size_t row_bytes)
    : comm_(comm), row_bytes_(row_bytes), counts_in_(comm), rows_in_(comm), sends_(comm) {}

void RunExchange::start(const std::vector<PackingRun>& runs, std::span<const std::uint32_t> counts,
                        std::span<const std::byte> rows) {
  incoming_.clear();
  std::size_t slice = 0, first_row = 0;  // of this rank's rows
  for (const PackingRun& run : runs) {
    for (; slice < run.first_slice; ++slice) first_row += counts[slice];
    const auto of_run = counts.subspan(slice, run.last_slice - slice);
    const auto rows_of_run = rows.subspan(first_row * row_bytes_, bytes_of(of_run));
    if (run.packer == comm_.rank()) {
      expect(run, of_run, rows_of_run);
    } else {
      sends_.send(run.packer, counts_tag, std::as_bytes(of_run));
      sends_.send(run.packer, rows_tag, rows_of_run);
    }
  }
}

std::size_t RunExchange::bytes_of(std::span<const std::uint32_t> counts) const {
  return std::accumulate(counts.begin(), counts.end(), std::size_t{0}) * row_bytes_;
}

/// How many rows the others will send.
void RunExchange::expect(const PackingRun& run, std::span<const std::uint32_t> own_counts,
                         std::span<const std::byte> own_rows) {
  const auto ranks = static_cast<std::size_t>(comm_.size());
  const auto own = static_cast<std::size_t>(comm_.rank());
  RunRows& incoming = incoming_.emplace_back();
  incoming.run = run;
  incoming.rows.resize(ranks);
  incoming.rows[own] = own_rows;
  incoming.counts.resize(ranks * own_counts.size());
  std::ranges::copy(own_counts, incoming.counts_of(own).begin());
  for (std::size_t rank = 0; rank < ranks; ++rank)
    if (rank != own)
      counts_in_.receive(static_cast<int>(rank), counts_tag,
                         std::as_writable_bytes(incoming.counts_of(rank)));
}

std::span<RunRows> RunExchange::take(std::vector<std::byte>& memory) {
  const auto ranks = static_cast<std::size_t>(comm_.size());
  const auto own = static_cast<std::size_t>(comm_.rank());
  counts_in_.wait();
  std::size_t bytes = 0;
  for (RunRows& incoming : incoming_)
    for (std::size_t rank = 0; rank < ranks; ++rank)
      if (rank != own) bytes += bytes_of(incoming.counts_of(rank));
  memory.resize(std::max(memory.size(), bytes));
  std::span<std::byte> room = memory;
  for (RunRows& incoming : incoming_)
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      if (rank == own) continue;
      const auto rows = room.first(bytes_of(incoming.counts_of(rank)));
      rows_in_.receive(static_cast<int>(rank), rows_tag, rows);
      incoming.rows[rank] = rows;
      room = room.subspan(rows.size());
    }
  rows_in_.wait();
  return incoming_;
}

void RunExchange::end() {
  sends_.wait();
}

}  // namespace shakefield::store
