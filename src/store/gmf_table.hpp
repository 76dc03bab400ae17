// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/store/gmf_sink.hpp"

namespace shakefield::store {

inline constexpr std::size_t table_chunk_bytes = std::size_t{1} << 20;
/// Significant bits of an f32, the implicit one included.
inline constexpr int float_bits = 24;

/// What root does with packed chunks of rows. Root only; local; its calls throw Error{io}.
class GmfTable {
 public:
  virtual ~GmfTable() = default;
  /// Rows and partial chunk that it begins with.
  virtual std::uint64_t first_rows() const = 0;
  virtual const std::vector<std::byte>& first_partial_chunk() const = 0;
  /// `rows` of the table are in the file with this chunk.
  virtual void put(std::uint64_t chunk, std::span<const std::byte> packed, std::uint64_t rows) = 0;
  /// Rows of the next events.
  virtual void add_events(std::span<const std::uint32_t> rows_per_event) = 0;
  virtual void checkpoint() = 0;
  virtual void finish() = 0;
  virtual double seconds_writing() const = 0;
};

/// What all ranks know of the table.
struct GmfLayout {
  std::size_t row_bytes;
  std::size_t chunk_rows;
  std::vector<std::size_t> float_offsets;  ///< of the f32 members in a row
  GmfStorage storage;
};

/// `table` on root only.
std::unique_ptr<GmfSink> make_serial_sink(const GmfLayout& layout, std::unique_ptr<GmfTable> table);
std::unique_ptr<GmfSink> make_packing_sink(const comm::Communicator& comm, const GmfLayout& layout,
                                           std::unique_ptr<GmfTable> table);

class FileTable;
/// At least two ranks; `table` on root only, where `path` is its file.
std::unique_ptr<GmfSink> make_mpi_io_sink(const comm::Communicator& comm, const GmfLayout& layout,
                                          std::unique_ptr<FileTable> table,
                                          const std::filesystem::path& path);

/// Rows of the batch. Throws Error{internal} unless counts, sites and rows fit together.
std::uint64_t rows_of(const GmfBatch& batch, const GmfLayout& layout);
/// Rounds the values of whole rows as the layout says.
void round_rows(std::span<std::byte> rows, const GmfLayout& layout);

/// For calls behind the end of a sink.
[[noreturn]] void fail_ended();

}  // namespace shakefield::store
