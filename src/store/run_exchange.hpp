// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "run_merger.hpp"
#include "shakefield/comm/exchange.hpp"

namespace shakefield::store {

/// The rows of one batch on their way from the ranks that made them to those that pack them. Used
/// again for later batches.
class RunExchange {
 public:
  RunExchange(const comm::Communicator& comm, std::size_t row_bytes);

  /// Starts sending this rank's rows, which have `counts` by slice and must stay as they are until
  /// end(), to the packers of the batch's runs. All ranks; waits for nothing.
  void start(const std::vector<PackingRun>& runs, std::span<const std::uint32_t> counts,
             std::span<const std::byte> rows);
  /// Waits for the rows of this rank's runs. Those of other ranks come into `memory`, which grows
  /// as needed.
  std::span<RunRows> take(std::vector<std::byte>& memory);
  /// Waits until the packers have this rank's rows.
  void end();

 private:
  std::size_t bytes_of(std::span<const std::uint32_t> counts) const;
  void expect(const PackingRun& run, std::span<const std::uint32_t> own_counts,
              std::span<const std::byte> own_rows);

  comm::Communicator comm_;
  std::size_t row_bytes_;
  std::vector<RunRows> incoming_;
  comm::Exchange counts_in_, rows_in_, sends_;
};

}  // namespace shakefield::store
