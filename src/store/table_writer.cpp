// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "chunk_packer.hpp"
#include "chunked_dataset.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::store {

struct TableWriter::Impl {
  core::RowType row;
  std::unique_ptr<Codec> codec;
  ChunkedDataset dataset;
  ChunkPacker packer;
  std::uint64_t full_chunks;

  Impl(File& file, std::string_view path, const core::RowType& rows,
       const core::Attributes& attributes, std::size_t chunk_bytes, Start start,
       const CodecChoice& choice)
      : row(rows),
        codec(make_codec(choice, row.bytes)),
        dataset(file, path, row, attributes, chunk_bytes, *codec, start),
        packer(row.bytes, dataset.chunk_rows(), *codec,
               [this](std::span<const std::byte> packed) {
                 const std::uint64_t chunk = full_chunks++;
                 dataset.put(chunk, packed, full_chunks * dataset.chunk_rows());
               }),
        full_chunks(dataset.first_rows() / dataset.chunk_rows()) {
    packer.append(dataset.first_partial_chunk());
  }

  std::uint64_t size() const { return full_chunks * dataset.chunk_rows() + packer.filled_rows(); }

  void expect_open() const {
    if (!dataset.is_open()) {
      throw core::Error(
          core::ErrorKind::internal,
          fmt::format("cannot {} (its table is finished), write before finish()", dataset.what()));
    }
  }

  void put_partial() {
    expect_open();
    const std::span<const std::byte> packed = packer.pack_partial();
    if (!packed.empty()) dataset.put(full_chunks, packed, size());
  }
};

TableWriter::TableWriter(File& file, std::string_view path, const core::RowType& row,
                         const core::Attributes& attributes, std::size_t chunk_bytes, Start start,
                         const CodecChoice& codec)
    : impl_(std::make_unique<Impl>(file, path, row, attributes, chunk_bytes, start, codec)) {}

TableWriter::TableWriter(TableWriter&&) noexcept = default;
TableWriter::~TableWriter() = default;

void TableWriter::append(std::span<const std::byte> rows) {
  Impl& t = *impl_;
  if (rows.size() % t.row.bytes != 0)
    throw core::Error(
        core::ErrorKind::internal,
        fmt::format("cannot {} ({} bytes are not whole rows of {}), append whole rows",
                    t.dataset.what(), rows.size(), t.row.bytes));
  t.expect_open();
  t.packer.append(rows);
}

void TableWriter::append(const core::Array& rows) {
  core::validate(rows.type() == impl_->row, core::ErrorKind::internal,
                 fmt::format("cannot {} (rows of another type were appended), append rows of the "
                             "table's type",
                             impl_->dataset.what()));
  append({rows.data(), rows.size_bytes()});
}

std::uint64_t TableWriter::size() const {
  return impl_->size();
}

double TableWriter::seconds_writing() const {
  return impl_->packer.seconds_packing() + impl_->dataset.seconds_writing();
}

void TableWriter::checkpoint() {
  impl_->put_partial();
}

void TableWriter::finish() {
  impl_->put_partial();
  impl_->dataset.close();
}

}  // namespace shakefield::store
