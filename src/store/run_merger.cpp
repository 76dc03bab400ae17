// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "run_merger.hpp"

#include <algorithm>
#include <cstring>

namespace shakefield::store {

std::span<std::byte> RunMerger::Scratch::reserve(std::size_t max_rows) {
  memory_.resize(std::max(memory_.size(), used_ + max_rows * row_bytes_));
  return std::span(memory_).subspan(used_, max_rows * row_bytes_);
}

void RunMerger::Scratch::append(std::span<const std::byte> rows) {
  std::memcpy(reserve(rows.size() / row_bytes_).data(), rows.data(), rows.size());
  used_ += rows.size();
}

RunMerger::RunMerger(std::size_t row_bytes, ChunkPacker& packer)
    : row_bytes_(row_bytes),
      packer_(packer),
      scratch_(row_bytes),
      into_chunk_(row_bytes, packer),
      into_scratch_(row_bytes, scratch_) {}

void RunMerger::merge(RunRows& rows) {
  sources_.clear();
  for (const std::span<const std::byte> of_rank : rows.rows) sources_.emplace_back(of_rank);
  shares_.clear();
  for (RowsAtHand& source : sources_) shares_.push_back({&source, 0});
  std::uint64_t skip = rows.run.skip_rows, left = rows.run.last_row - rows.run.first_row;
  for (std::size_t slice = 0; slice < rows.num_slices(); ++slice) {
    std::uint64_t total = 0;
    for (std::size_t rank = 0; rank < shares_.size(); ++rank)
      total += shares_[rank].rows = rows.counts_of(rank)[slice];
    const std::uint64_t wanted = std::min(total - skip, left);
    if (wanted == total) {
      into_chunk_.merge(shares_);
    } else {
      scratch_.clear();
      into_scratch_.merge(shares_);
      packer_.append(scratch_.rows().subspan(skip * row_bytes_, wanted * row_bytes_));
    }
    left -= wanted;
    skip = 0;
  }
}

}  // namespace shakefield::store
