// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "packing_plan.hpp"
#include "row_buffer.hpp"

namespace shakefield::store {

/// What all ranks have for a run: whole slices, also those of which the run wants a part only.
struct RunRows {
  PackingRun run;
  std::vector<std::uint32_t> counts;             ///< [ranks][slices of the run]
  std::vector<std::span<const std::byte>> rows;  ///< [ranks]

  std::size_t num_slices() const { return run.last_slice - run.first_slice; }
  std::span<std::uint32_t> counts_of(std::size_t rank) {
    return std::span(counts).subspan(rank * num_slices(), num_slices());
  }
};

/// Merges the rows of runs.
class RunMerger {
 public:
  RunMerger(std::size_t row_bytes, RowTarget& target);
  /// Appends the rows of the run, in order of event and site.
  void merge(RunRows& rows);

 private:
  std::size_t row_bytes_;
  RowTarget& target_;
  RowBuffer part_;  ///< a slice of which only a part is wanted
  RowMerger into_target_, into_part_;
  std::vector<std::span<const std::byte>> slice_;  ///< [ranks]
};

}  // namespace shakefield::store
