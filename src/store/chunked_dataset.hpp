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
  /// As TableWriter's constructor.
  ChunkedDataset(File& file, std::string_view path, const core::RowType& row,
                 const core::Attributes& attributes, std::size_t chunk_bytes, const Codec& codec,
                 Start start);

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
  bool is_open() const { return static_cast<bool>(dataset_); }
  void close();
  double seconds_writing() const { return writing_s_; }

 private:
  void create(File& file, std::string_view path, const core::RowType& row,
              const core::Attributes& attributes, const Codec& codec);
  void resume(File& file, std::string_view path, const core::RowType& row);

  std::string what_;
  Handle dataset_;
  std::size_t chunk_rows_;
  std::uint64_t first_rows_ = 0;
  std::uint64_t rows_ = 0;
  std::vector<std::byte> first_partial_chunk_;
  double writing_s_ = 0;
};

}  // namespace shakefield::store
