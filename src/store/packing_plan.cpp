// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "packing_plan.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace shakefield::store {
namespace {

constexpr std::size_t turn_chunks = 2;
constexpr int most_packers = 64;
constexpr int most_ranks_with_packing_root = 4;

}  // namespace

std::size_t slices_per_event(std::uint32_t num_sites) {
  return std::max<std::size_t>(1, (num_sites + slice_sites - 1) / slice_sites);
}

std::vector<std::uint32_t> count_slices(const GmfBatch& batch, std::size_t row_bytes,
                                        std::size_t slices_per_event) {
  if (slices_per_event == 1) return batch.rows_per_event;
  std::vector<std::uint32_t> counts;
  counts.reserve(batch.rows_per_event.size() * slices_per_event);
  const std::byte* row = batch.rows.data();
  const auto site_of = [&](std::uint32_t i) {
    std::uint32_t site;
    std::memcpy(&site, row + i * row_bytes, sizeof site);
    return site;
  };
  for (const std::uint32_t rows : batch.rows_per_event) {
    std::uint32_t before = 0;
    for (std::size_t slice = 1; slice < slices_per_event; ++slice) {
      const auto first_site = static_cast<std::uint32_t>(slice) * slice_sites;
      std::uint32_t low = before, high = rows;  // the first row of the slice lies in [low, high]
      while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (site_of(middle) < first_site) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      counts.push_back(low - before);
      before = low;
    }
    counts.push_back(rows - before);
    row += rows * row_bytes;
  }
  return counts;
}

PackingPlan::PackingPlan(int ranks, std::size_t chunk_rows, CodecKind codec)
    : chunk_rows_(chunk_rows) {
  if (codec == CodecKind::none && ranks <= most_ranks_with_packing_root) {
    packers_ = {0};
    return;
  }
  const int first = ranks <= most_ranks_with_packing_root ? 0 : 1;
  const int packers = std::min(ranks - first, most_packers);
  for (int i = 0; i < packers; ++i) packers_.push_back(first + i * (ranks - first) / packers);
}

PackingPlan PackingPlan::of_all(int ranks, std::size_t chunk_rows) {
  std::vector<int> all(static_cast<std::size_t>(ranks));
  std::iota(all.begin(), all.end(), 0);
  return {chunk_rows, std::move(all)};
}

int PackingPlan::packer_of(std::uint64_t chunk) const {
  return packers_[chunk / turn_chunks % packers_.size()];
}

bool PackingPlan::packs(int rank) const {
  return std::ranges::find(packers_, rank) != packers_.end();
}

std::vector<int> PackingPlan::remote_packers() const {
  std::vector<int> ranks = packers_;
  std::erase(ranks, 0);
  return ranks;
}

bool PackingPlan::is_served_by_others(int rank) const {
  return std::ranges::any_of(packers_, [rank](int packer) { return packer != rank; });
}

std::size_t PackingPlan::round_chunks() const {
  return turn_chunks * packers_.size();
}

std::vector<PackingRun> PackingPlan::runs(std::uint64_t first_row,
                                          std::span<const std::uint32_t> rows_per_slice) const {
  const std::uint64_t turn_rows = turn_chunks * chunk_rows_;
  std::vector<PackingRun> runs;
  std::uint64_t slice_begin = first_row;
  for (std::size_t slice = 0; slice < rows_per_slice.size(); ++slice) {
    const std::uint64_t slice_end = slice_begin + rows_per_slice[slice];
    for (std::uint64_t row = slice_begin; row < slice_end;) {
      const std::uint64_t turn_end = (row / turn_rows + 1) * turn_rows;
      const int packer = packer_of(row / chunk_rows_);
      if (runs.empty() || runs.back().packer != packer)
        runs.push_back({packer, row, row, slice, slice, row - slice_begin});
      runs.back().last_row = row = std::min(turn_end, slice_end);
      runs.back().last_slice = slice + 1;
    }
    slice_begin = slice_end;
  }
  return runs;
}

}  // namespace shakefield::store
