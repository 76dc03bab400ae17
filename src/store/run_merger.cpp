// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "run_merger.hpp"

#include <algorithm>

namespace shakefield::store {

RunMerger::RunMerger(std::size_t row_bytes, RowTarget& target)
    : row_bytes_(row_bytes),
      target_(target),
      part_(row_bytes),
      into_target_(row_bytes, target),
      into_part_(row_bytes, part_) {}

void RunMerger::merge(RunRows& rows) {
  const std::uint64_t run_rows = rows.run.last_row - rows.run.first_row;
  const auto is_empty = [](std::span<const std::byte> of_rank) { return of_rank.empty(); };
  const auto only = std::ranges::find_if_not(rows.rows, is_empty);
  if (std::all_of(only + 1, rows.rows.end(), is_empty))
    return target_.append(only->subspan(rows.run.skip_rows * row_bytes_, run_rows * row_bytes_));

  std::vector<std::span<const std::byte>> left = rows.rows;
  slice_.resize(left.size());
  std::uint64_t skip = rows.run.skip_rows, left_rows = run_rows;
  for (std::size_t slice = 0; slice < rows.num_slices(); ++slice) {
    std::uint64_t total = 0;
    for (std::size_t rank = 0; rank < left.size(); ++rank) {
      const std::size_t count = rows.counts_of(rank)[slice];
      slice_[rank] = left[rank].first(count * row_bytes_);
      left[rank] = left[rank].subspan(count * row_bytes_);
      total += count;
    }
    const std::uint64_t wanted = std::min(total - skip, left_rows);
    if (wanted == total) {
      into_target_.merge(slice_);
    } else {
      part_.clear();
      into_part_.merge(slice_);
      target_.append(part_.rows().subspan(skip * row_bytes_, wanted * row_bytes_));
    }
    left_rows -= wanted;
    skip = 0;
  }
}

}  // namespace shakefield::store
