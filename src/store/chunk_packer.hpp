// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "row_merger.hpp"
#include "shakefield/store/codec.hpp"

namespace shakefield::store {

/// Collects rows into chunks, packs each that is full, and hands it on.
class ChunkPacker final : public RowTarget {
 public:
  using PutChunk = std::function<void(std::span<const std::byte> packed)>;
  /// `codec` outlives the packer.
  ChunkPacker(std::size_t row_bytes, std::size_t chunk_rows, Codec& codec, PutChunk put);

  /// Rows of the chunk that is being filled.
  std::size_t filled_rows() const { return filled_rows_; }
  /// Seconds in the codec.
  double seconds_packing() const { return packing_s_; }

  std::span<std::byte> reserve(std::size_t max_rows) override;
  void commit(std::size_t rows) override;
  /// What fills a chunk alone is packed from where it lies.
  void append(std::span<const std::byte> rows) override;
  /// The chunk that is being filled, padded with zeros and packed; it stays as it is and can be
  /// filled on. Empty if there is none. Valid until the next call.
  std::span<const std::byte> pack_partial();

 private:
  std::span<const std::byte> pack(std::span<const std::byte> chunk);

  std::size_t row_bytes_;
  std::size_t chunk_rows_;
  Codec& codec_;
  PutChunk put_;
  std::vector<std::byte> chunk_;
  std::size_t filled_rows_ = 0;
  double packing_s_ = 0;
};

}  // namespace shakefield::store
