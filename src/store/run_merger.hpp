// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "chunk_packer.hpp"
#include "packing_plan.hpp"
#include "row_merger.hpp"

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

/// Merges the rows of runs into chunks.
class RunMerger {
 public:
  RunMerger(std::size_t row_bytes, ChunkPacker& packer);
  /// Appends the rows of the run, in order of event and site.
  void merge(RunRows& rows);

 private:
  /// A slice of which only a part is wanted.
  class Scratch final : public RowTarget {
   public:
    explicit Scratch(std::size_t row_bytes) : row_bytes_(row_bytes) {}
    void clear() { used_ = 0; }
    std::span<const std::byte> rows() const { return std::span(memory_).first(used_); }
    std::span<std::byte> reserve(std::size_t max_rows) override;
    void commit(std::size_t rows) override { used_ += rows * row_bytes_; }
    void append(std::span<const std::byte> rows) override;

   private:
    std::size_t row_bytes_;
    std::vector<std::byte> memory_;
    std::size_t used_ = 0;
  };

  std::size_t row_bytes_;
  ChunkPacker& packer_;
  Scratch scratch_;
  RowMerger into_chunk_, into_scratch_;
  std::vector<std::span<const std::byte>> slice_;  ///< [ranks]
};

}  // namespace shakefield::store
