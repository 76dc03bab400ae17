// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handle.hpp"
#include "shakefield/store/codec.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::store {

/// A one-dimensional dataset of rows that grows by whole, packed chunks. Root only; local.
class ChunkedDataset {
 public:
  /// When chunks get their space in the file: as they are put, or before, so that others write
  /// them (without a codec).
  enum class Space { as_put, ahead };

  /// As TableWriter's constructor.
  ChunkedDataset(File& file, std::string_view path, const core::RowType& row,
                 const core::Attributes& attributes, std::size_t chunk_bytes, const Codec& codec,
                 Start start, Space space = Space::as_put);

  std::size_t chunk_rows() const { return chunk_rows_; }
  /// Rows that the file had when it was opened.
  std::uint64_t first_rows() const { return first_rows_; }
  /// Those of them that do not fill a chunk.
  const std::vector<std::byte>& first_partial_chunk() const { return first_partial_chunk_; }
  /// "write /gmf_data/table of out.h5", for messages.
  const std::string& what() const { return what_; }

  /// Puts a packed chunk at its place, past HDF5's own buffers and conversions; the table has at
  /// least `rows` rows from now on. Throws Error{io}.
  void put(std::uint64_t chunk, std::span<const std::byte> packed, std::uint64_t rows);
  /// Space::ahead: the table has `rows` rows from now on. Returns the places in the file, in bytes,
  /// of its chunks from `first_chunk` to the last. Throws Error{io}, also if the disk has no room.
  std::vector<std::uint64_t> make_room(std::uint64_t first_chunk, std::uint64_t rows);
  bool is_open() const { return static_cast<bool>(dataset_); }
  void close();
  double seconds_writing() const { return writing_s_; }

 private:
  void create(File& file, std::string_view path, const core::RowType& row,
              const core::Attributes& attributes, const Codec& codec, Space space);
  void resume(File& file, std::string_view path, const core::RowType& row);

  File::Impl* file_;
  std::string what_;
  Handle dataset_;
  std::size_t chunk_rows_;
  std::uint64_t first_rows_ = 0;
  std::uint64_t rows_ = 0;
  std::vector<std::byte> first_partial_chunk_;
  double writing_s_ = 0;
};

}  // namespace shakefield::store
