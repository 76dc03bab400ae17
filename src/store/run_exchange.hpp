// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "run_merger.hpp"
#include "shakefield/comm/exchange.hpp"
#include "shakefield/comm/node_memory.hpp"

namespace shakefield::store {

/// The rows of one batch on their way from the ranks that made them to those that pack them. Used
/// again for later batches. Rows in the memory of the node stay where they are: packers of the same
/// node read them there.
class RunExchange {
 public:
  /// `node` is null, or outlives the exchange.
  RunExchange(const comm::Communicator& comm, std::size_t row_bytes, const comm::NodeMemory* node);

  /// Starts sending this rank's rows, which have `counts` by slice and must stay as they are until
  /// end(), to the packers of the batch's runs. All ranks; waits for nothing.
  void start(const std::vector<PackingRun>& runs, std::span<const std::uint32_t> counts,
             std::span<const std::byte> rows);
  /// Waits for the rows of this rank's runs. Those that other ranks send come into `memory`, which
  /// grows as needed.
  std::span<RunRows> take(std::vector<std::byte>& memory);
  /// This rank needs the rows that it took no more.
  void release();
  /// Waits until the packers need this rank's rows no more.
  void end();

 private:
  /// Place of rows that are not in the memory of the node.
  static constexpr std::uint64_t sent = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t place_of(int packer, std::span<const std::byte> rows) const;
  std::size_t bytes_of(std::span<const std::uint32_t> counts) const;
  void expect(const PackingRun& run, std::span<const std::uint32_t> own_counts,
              std::span<const std::byte> own_rows);

  comm::Communicator comm_;
  std::size_t row_bytes_;
  const comm::NodeMemory* node_;
  std::vector<RunRows> incoming_;
  std::vector<std::vector<std::uint64_t>> places_in_;  ///< [incoming][ranks], or `sent`
  std::vector<std::uint64_t> places_;                  ///< [runs for others] of this rank's rows
  std::vector<std::byte> releases_;  ///< [runs for others] nothing but that they come
  comm::Exchange counts_in_, rows_in_, sends_, releases_in_;
};

}  // namespace shakefield::store
