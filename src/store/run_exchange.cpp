// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "run_exchange.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace shakefield::store {
namespace {

constexpr int counts_tag = 104;
constexpr int rows_tag = 105;
constexpr int places_tag = 107;
constexpr int releases_tag = 108;

}  // namespace

RunExchange::RunExchange(const comm::Communicator& comm, std::size_t row_bytes,
                         const comm::NodeMemory* node)
    : comm_(comm),
      row_bytes_(row_bytes),
      node_(node),
      counts_in_(comm),
      rows_in_(comm),
      sends_(comm),
      releases_in_(comm) {}

void RunExchange::start(const std::vector<PackingRun>& runs, std::span<const std::uint32_t> counts,
                        std::span<const std::byte> rows) {
  incoming_.clear();
  places_in_.clear();
  places_.clear();
  places_.reserve(runs.size());  // they are sent from where they lie
  releases_.clear();
  releases_.reserve(runs.size());
  if (node_) node_->synchronise();
  std::size_t slice = 0, first_row = 0;  // of this rank's rows
  for (const PackingRun& run : runs) {
    for (; slice < run.first_slice; ++slice) first_row += counts[slice];
    const auto of_run = counts.subspan(slice, run.last_slice - slice);
    const auto rows_of_run = rows.subspan(first_row * row_bytes_, bytes_of(of_run));
    if (run.packer == comm_.rank()) {
      expect(run, of_run, rows_of_run);
      continue;
    }
    sends_.send(run.packer, counts_tag, std::as_bytes(of_run));
    const std::uint64_t& place = places_.emplace_back(place_of(run.packer, rows_of_run));
    if (node_) sends_.send(run.packer, places_tag, std::as_bytes(std::span(&place, 1)));
    if (place == sent) {
      sends_.send(run.packer, rows_tag, rows_of_run);
    } else {
      releases_in_.receive(run.packer, releases_tag, std::span(&releases_.emplace_back(), 1));
    }
  }
}

std::size_t RunExchange::bytes_of(std::span<const std::uint32_t> counts) const {
  return std::accumulate(counts.begin(), counts.end(), std::size_t{0}) * row_bytes_;
}

std::uint64_t RunExchange::place_of(int packer, std::span<const std::byte> rows) const {
  if (!node_ || node_->of(packer).empty() || rows.empty()) return sent;
  const std::span<const std::byte> own = node_->own();
  const bool is_inside = std::less_equal<>()(own.data(), rows.data()) &&
                         std::less<>()(rows.data(), own.data() + own.size());
  return is_inside ? static_cast<std::uint64_t>(rows.data() - own.data()) : sent;
}

/// How many rows the others have, and where.
void RunExchange::expect(const PackingRun& run, std::span<const std::uint32_t> own_counts,
                         std::span<const std::byte> own_rows) {
  const auto ranks = static_cast<std::size_t>(comm_.size());
  const auto own = static_cast<std::size_t>(comm_.rank());
  RunRows& incoming = incoming_.emplace_back();
  incoming.run = run;
  incoming.rows.resize(ranks);
  incoming.rows[own] = own_rows;
  std::vector<std::uint64_t>& places = places_in_.emplace_back(ranks, sent);
  incoming.counts.resize(ranks * own_counts.size());
  std::ranges::copy(own_counts, incoming.counts_of(own).begin());
  for (std::size_t rank = 0; rank < ranks; ++rank) {
    if (rank == own) continue;
    counts_in_.receive(static_cast<int>(rank), counts_tag,
                       std::as_writable_bytes(incoming.counts_of(rank)));
    if (node_)
      counts_in_.receive(static_cast<int>(rank), places_tag,
                         std::as_writable_bytes(std::span(&places[rank], 1)));
  }
}

std::span<RunRows> RunExchange::take(std::vector<std::byte>& memory) {
  const auto ranks = static_cast<std::size_t>(comm_.size());
  const auto own = static_cast<std::size_t>(comm_.rank());
  counts_in_.wait();
  if (node_) node_->synchronise();
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < incoming_.size(); ++i)
    for (std::size_t rank = 0; rank < ranks; ++rank)
      if (rank != own && places_in_[i][rank] == sent)
        bytes += bytes_of(incoming_[i].counts_of(rank));
  memory.resize(std::max(memory.size(), bytes));
  std::span<std::byte> room = memory;
  for (std::size_t i = 0; i < incoming_.size(); ++i)
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      if (rank == own) continue;
      RunRows& incoming = incoming_[i];
      const std::size_t size = bytes_of(incoming.counts_of(rank));
      if (places_in_[i][rank] != sent) {
        incoming.rows[rank] = node_->of(static_cast<int>(rank)).subspan(places_in_[i][rank], size);
        continue;
      }
      const auto rows = room.first(size);
      rows_in_.receive(static_cast<int>(rank), rows_tag, rows);
      incoming.rows[rank] = rows;
      room = room.subspan(size);
    }
  rows_in_.wait();
  return incoming_;
}

void RunExchange::release() {
  for (const std::vector<std::uint64_t>& places : places_in_)
    for (std::size_t rank = 0; rank < places.size(); ++rank)
      if (places[rank] != sent) sends_.notify(static_cast<int>(rank), releases_tag);
}

void RunExchange::end() {
  releases_in_.wait();
  sends_.wait();
}

}  // namespace shakefield::store
