// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "shakefield/store/gmf_sink.hpp"

namespace shakefield::store {

/// A *slice* is the rows of one event at slice_sites consecutive sites: ranks count their rows by
/// slices, so that large events can be merged in parts by several ranks.
inline constexpr std::uint32_t slice_sites = 4096;

/// Slices of an event; sites beyond `num_sites` belong to the last one.
std::size_t slices_per_event(std::uint32_t num_sites);

/// Rows of a batch by slice, [E][slices_per_event]; sites ascend within an event.
std::vector<std::uint32_t> count_slices(const GmfBatch& batch, std::size_t row_bytes,
                                        std::size_t slices_per_event);

/// Consecutive rows of a batch that one rank packs.
struct PackingRun {
  int packer;               ///< rank
  std::uint64_t first_row;  ///< in the table
  std::uint64_t last_row;   ///< behind the last
  std::size_t first_slice;  ///< the first that has rows of the run
  std::size_t last_slice;   ///< behind the last that has
  std::uint64_t skip_rows;  ///< rows of the first slice before the run
};

/// Which rank packs which chunk: in turn, two neighbours at a time, since neighbours share a slice.
/// Root has the writing: it packs on up to four ranks only, where its share of the computing can
/// make up for it. There, without a codec, it packs alone: merging is cheaper than sending chunks
/// on. More than 64 packers would keep no root busy.
class PackingPlan {
 public:
  PackingPlan(int ranks, std::size_t chunk_rows, CodecKind codec);
  /// All ranks pack.
  static PackingPlan of_all(int ranks, std::size_t chunk_rows);

  int packer_of(std::uint64_t chunk) const;
  bool packs(int rank) const;
  /// The packers but root.
  std::vector<int> remote_packers() const;
  /// Whether another rank may pack rows of this one.
  bool is_served_by_others(int rank) const;
  /// Chunks of one round of all packers.
  std::size_t round_chunks() const;
  /// The runs of a batch in order; `first_row` is the batch's first row in the table.
  std::vector<PackingRun> runs(std::uint64_t first_row,
                               std::span<const std::uint32_t> rows_per_slice) const;

 private:
  PackingPlan(std::size_t chunk_rows, std::vector<int> packers)
      : chunk_rows_(chunk_rows), packers_(std::move(packers)) {}

  std::size_t chunk_rows_;
  std::vector<int> packers_;
};

}  // namespace shakefield::store
