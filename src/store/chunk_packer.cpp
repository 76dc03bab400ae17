// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_packer.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "shakefield/core/error.hpp"

namespace shakefield::store {

ChunkPacker::ChunkPacker(std::size_t row_bytes, std::size_t chunk_rows, Codec& codec, PutChunk put)
    : row_bytes_(row_bytes),
      chunk_rows_(chunk_rows),
      codec_(codec),
      put_(std::move(put)),
      chunk_(row_bytes * chunk_rows) {}

std::span<const std::byte> ChunkPacker::pack(std::span<const std::byte> chunk) {
  const auto start = std::chrono::steady_clock::now();
  const std::span<const std::byte> packed = codec_.pack(chunk);
  packing_s_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return packed;
}

std::span<std::byte> ChunkPacker::reserve(std::size_t max_rows) {
  const std::size_t rows = std::min(max_rows, chunk_rows_ - filled_rows_);
  return std::span(chunk_).subspan(filled_rows_ * row_bytes_, rows * row_bytes_);
}

void ChunkPacker::commit(std::size_t rows) {
  core::validate(rows <= chunk_rows_ - filled_rows_, core::ErrorKind::internal,
                 "more rows were committed than reserved, commit at most these");
  filled_rows_ += rows;
  if (filled_rows_ < chunk_rows_) return;
  filled_rows_ = 0;
  put_(pack(chunk_));
}

void ChunkPacker::append(std::span<const std::byte> rows) {
  while (!rows.empty()) {
    std::size_t bytes = chunk_.size();
    if (filled_rows_ == 0 && rows.size() >= bytes) {
      put_(pack(rows.first(bytes)));
    } else {
      const std::span<std::byte> room = reserve(rows.size() / row_bytes_);
      bytes = room.size();
      std::memcpy(room.data(), rows.data(), bytes);
      commit(bytes / row_bytes_);
    }
    rows = rows.subspan(bytes);
  }
}

std::span<const std::byte> ChunkPacker::pack_partial() {
  if (filled_rows_ == 0) return {};
  const auto unused = std::span(chunk_).subspan(filled_rows_ * row_bytes_);
  std::memset(unused.data(), 0, unused.size());
  return pack(chunk_);
}

}  // namespace shakefield::store
