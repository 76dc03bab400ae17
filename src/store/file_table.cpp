// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "file_table.hpp"

#include <cmath>

namespace shakefield::store {
namespace {

constexpr std::size_t index_chunk_bytes = std::size_t{64} << 10;

core::RowType index_row() {
  core::RowType row;
  row.add("start", core::Scalar::u64).add("stop", core::Scalar::u64);
  return row;
}

/// Small, so packed for every reader of HDF5.
CodecChoice index_codec(const GmfStorage& storage) {
  return {storage.codec.kind == CodecKind::none ? CodecKind::none : CodecKind::deflate};
}

core::Attributes with_precision(core::Attributes attributes, const GmfStorage& storage) {
  attributes["significant_bits"] = std::int64_t{storage.significant_bits};
  attributes["largest_relative_error"] =
      storage.significant_bits == float_bits ? 0.0 : std::ldexp(1.0, -storage.significant_bits);
  return attributes;
}

ChunkedDataset::Space space_of(const GmfStorage& storage) {
  return storage.writer == GmfWriter::mpi_io ? ChunkedDataset::Space::ahead
                                             : ChunkedDataset::Space::as_put;
}

}  // namespace

FileTable::FileTable(File& file, const core::RowType& row, core::Attributes attributes, Start start,
                     const GmfStorage& storage)
    : table_(file, "/gmf_data/table", row, with_precision(std::move(attributes), storage),
             table_chunk_bytes, *make_codec(storage.codec, row.bytes), start, space_of(storage)),
      index_(file, "/gmf_data/index", index_row(),
             {{"axes", std::vector<std::string>{"event"}},
              {"description", std::string("rows of /gmf_data/table of each event: [start, stop)")}},
             index_chunk_bytes, start, index_codec(storage)),
      indexed_rows_(table_.first_rows()) {}

void FileTable::add_events(std::span<const std::uint32_t> rows_per_event) {
  slices_.clear();
  for (const std::uint32_t rows : rows_per_event) {
    slices_.push_back(indexed_rows_);
    slices_.push_back(indexed_rows_ += rows);
  }
  index_.append(std::as_bytes(std::span(slices_)));
}

void FileTable::finish() {
  table_.close();
  index_.finish();
}

}  // namespace shakefield::store
