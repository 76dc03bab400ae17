// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "file_impl.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/store/codec.hpp"
#include "types.hpp"

namespace shakefield::store {

struct TableWriter::Impl {
  std::string what;
  Handle dataset;
  core::RowType row;
  std::size_t chunk_rows = 0;
  std::unique_ptr<Codec> codec = make_plain_codec();
  std::vector<std::byte> chunk;  ///< the chunk that is being filled
  std::size_t filled_rows = 0;
  std::uint64_t written_chunks = 0;
  double writing_s = 0;

  std::size_t row_bytes() const { return row.bytes; }
  std::uint64_t size() const { return written_chunks * chunk_rows + filled_rows; }

  void expect_open() const {
    if (!dataset) {
      throw core::Error(
          core::ErrorKind::internal,
          fmt::format("cannot {} (its table is finished), write before finish()", what));
    }
  }

  /// Puts a chunk behind those that are full, past HDF5's own buffers and conversions: straight to
  /// its place in the file. `rows` of its rows count, the others are padding.
  void put_chunk(std::span<const std::byte> bytes, std::size_t rows) {
    const auto start = std::chrono::steady_clock::now();
    const std::span<const std::byte> packed = codec->pack(bytes);
    const hsize_t offset = written_chunks * chunk_rows, extent = offset + rows;
    check(H5Dset_extent(dataset.id(), &extent), what);
    check(H5Dwrite_chunk(dataset.id(), H5P_DEFAULT, 0, &offset, packed.size(), packed.data()),
          what);
    writing_s += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  void write_chunk(std::span<const std::byte> bytes) {
    put_chunk(bytes, chunk_rows);
    ++written_chunks;
  }

  void write_partial_chunk() {
    if (filled_rows == 0) return;
    const auto unused = std::span(chunk).subspan(filled_rows * row_bytes());
    std::memset(unused.data(), 0, unused.size());
    put_chunk(chunk, filled_rows);
  }

  void advance(std::size_t rows) {
    filled_rows += rows;
    if (filled_rows < chunk_rows) return;
    filled_rows = 0;
    write_chunk(chunk);
  }

  void create(File& file, std::string_view path, const core::Attributes& attributes);
  void resume(File& file, std::string_view path);
};

namespace {

/// HDF5's cache of chunks would only be in the way.
Handle without_cache(const std::string& deed) {
  Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, deed);
  check(H5Pset_chunk_cache(access.id(), 0, 0, 0), deed);
  return access;
}

}  // namespace

void TableWriter::Impl::create(File& file, std::string_view path,
                               const core::Attributes& attributes) {
  expect_free(file, path);
  const Handle type = make_type(row, what);
  const hsize_t none = 0, unlimited = H5S_UNLIMITED, rows = chunk_rows;
  const Handle space(H5Screate_simple(1, &none, &unlimited), H5Sclose, what);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, what);
  check(H5Pset_chunk(creation.id(), 1, &rows), what);
  check(H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER), what);
  for (const Filter& filter : codec->filters())
    check(H5Pset_filter(creation.id(), filter.id, H5Z_FLAG_MANDATORY, filter.parameters.size(),
                        filter.parameters.data()),
          what);
  dataset = Handle(H5Dcreate2(file.impl().id(), std::string(path).c_str(), type.id(), space.id(),
                              make_links(what).id(), creation.id(), without_cache(what).id()),
                   H5Dclose, what);
  write_attributes_of(dataset.id(), with_units(attributes, row), what);
}

void TableWriter::Impl::resume(File& file, std::string_view path) {
  core::validate(exists(file, path) && row_type(file, path) == row, core::ErrorKind::data,
                 fmt::format("cannot {} (the file has no such table of the same rows to go on "
                             "with), resume with the job that began it",
                             what));
  dataset = Handle(H5Dopen2(file.impl().id(), std::string(path).c_str(), without_cache(what).id()),
                   H5Dclose, what);
  const Handle creation(H5Dget_create_plist(dataset.id()), H5Pclose, what);
  hsize_t rows = 0;
  check(H5Pget_chunk(creation.id(), 1, &rows), what);
  chunk_rows = rows;
  const std::uint64_t size = shape(file, path).front();
  written_chunks = size / chunk_rows;
  filled_rows = size % chunk_rows;
  if (filled_rows == 0) return;
  const core::Array partial = read_rows(file, path, size - filled_rows, filled_rows);
  chunk.assign(partial.data(), partial.data() + partial.size_bytes());
}

TableWriter::TableWriter(File& file, std::string_view path, const core::RowType& row,
                         const core::Attributes& attributes, std::size_t chunk_bytes, Start start)
    : impl_(std::make_unique<Impl>()) {
  Impl& t = *impl_;
  t.what = deed("write", path, file.path());
  t.row = row;
  t.chunk_rows = std::max<std::size_t>(1, chunk_bytes / row.bytes);
  if (start == Start::resume) {
    t.resume(file, path);
  } else {
    t.create(file, path, attributes);
  }
  t.chunk.resize(t.chunk_rows * row.bytes);
}

TableWriter::TableWriter(TableWriter&&) noexcept = default;
TableWriter::~TableWriter() = default;

void TableWriter::append(std::span<const std::byte> rows) {
  Impl& t = *impl_;
  if (rows.size() % t.row_bytes() != 0)
    throw core::Error(
        core::ErrorKind::internal,
        fmt::format("cannot {} ({} bytes are not whole rows of {}), append whole rows", t.what,
                    rows.size(), t.row_bytes()));
  t.expect_open();
  while (!rows.empty()) {
    std::size_t bytes = t.chunk.size();
    if (t.filled_rows == 0 && rows.size() >= bytes) {
      t.write_chunk(rows.first(bytes));
    } else {
      const std::span<std::byte> room = reserve(rows.size() / t.row_bytes());
      bytes = room.size();
      std::memcpy(room.data(), rows.data(), bytes);
      t.advance(bytes / t.row_bytes());
    }
    rows = rows.subspan(bytes);
  }
}

void TableWriter::append(const core::Array& rows) {
  core::validate(rows.type() == impl_->row, core::ErrorKind::internal,
                 fmt::format("cannot {} (rows of another type were appended), append rows of the "
                             "table's type",
                             impl_->what));
  append({rows.data(), rows.size_bytes()});
}

std::span<std::byte> TableWriter::reserve(std::size_t max_rows) {
  Impl& t = *impl_;
  const std::size_t rows = std::min(max_rows, t.chunk_rows - t.filled_rows);
  return std::span(t.chunk).subspan(t.filled_rows * t.row_bytes(), rows * t.row_bytes());
}

void TableWriter::commit(std::size_t rows) {
  // Called for single rows: a message is made only if it is needed.
  if (rows > impl_->chunk_rows - impl_->filled_rows) {
    throw core::Error(core::ErrorKind::internal,
                      fmt::format("cannot {} (more rows were committed than reserved), commit at "
                                  "most these",
                                  impl_->what));
  }
  impl_->expect_open();
  impl_->advance(rows);
}

std::uint64_t TableWriter::size() const {
  return impl_->size();
}

double TableWriter::seconds_writing() const {
  return impl_->writing_s;
}

void TableWriter::checkpoint() {
  impl_->expect_open();
  impl_->write_partial_chunk();
}

void TableWriter::finish() {
  impl_->expect_open();
  impl_->write_partial_chunk();
  check(impl_->dataset.close(), impl_->what);
}

}  // namespace shakefield::store
