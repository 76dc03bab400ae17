// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "chunked_dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "file_impl.hpp"
#include "shakefield/core/error.hpp"
#include "types.hpp"

namespace shakefield::store {
ChunkedDataset::ChunkedDataset(File& file, std::string_view path, const core::RowType& row,
                               const core::Attributes& attributes, std::size_t chunk_bytes,
                               const Codec& codec, Start start, Space space)
    : file_(&file.impl()),
      what_(deed("write", path, file.path())),
      chunk_rows_(std::max<std::size_t>(1, chunk_bytes / row.bytes)) {
  if (start == Start::resume) {
    resume(file, path, row);
  } else {
    create(file, path, row, attributes, codec, space);
  }
}

void ChunkedDataset::create(File& file, std::string_view path, const core::RowType& row,
                            const core::Attributes& attributes, const Codec& codec,
                            Space chunk_space) {
  expect_free(file, path);
  const Handle type = make_type(row, what_);
  const hsize_t none = 0, unlimited = H5S_UNLIMITED, rows = chunk_rows_;
  const Handle space(H5Screate_simple(1, &none, &unlimited), H5Sclose, what_);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, what_);
  check(H5Pset_chunk(creation.id(), 1, &rows), what_);
  check(H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER), what_);
  if (chunk_space == Space::ahead)
    check(H5Pset_alloc_time(creation.id(), H5D_ALLOC_TIME_EARLY), what_);
  for (const Filter& filter : codec.filters())
    check(H5Pset_filter(creation.id(), filter.id, H5Z_FLAG_MANDATORY, filter.parameters.size(),
                        filter.parameters.data()),
          what_);
  dataset_ =
      Handle(H5Dcreate2(file.impl().id(), std::string(path).c_str(), type.id(), space.id(),
                        make_links(what_).id(), creation.id(), without_chunk_cache(what_).id()),
             H5Dclose, what_);
  write_attributes_of(dataset_.id(), with_units(attributes, row), what_);
}

void ChunkedDataset::resume(File& file, std::string_view path, const core::RowType& row) {
  core::validate(exists(file, path) && row_type(file, path) == row, core::ErrorKind::data,
                 fmt::format("cannot {} (the file has no such table of the same rows to go on "
                             "with), resume with the job that began it",
                             what_));
  first_rows_ = shape(file, path).front();
  dataset_ =
      Handle(H5Dopen2(file.impl().id(), std::string(path).c_str(), without_chunk_cache(what_).id()),
             H5Dclose, what_);
  const Handle creation(H5Dget_create_plist(dataset_.id()), H5Pclose, what_);
  hsize_t rows = 0;
  check(H5Pget_chunk(creation.id(), 1, &rows), what_);
  chunk_rows_ = rows;
  rows_ = first_rows_;
  const std::uint64_t partial_rows = first_rows_ % chunk_rows_;
  const core::Array partial = read_rows(file, path, first_rows_ - partial_rows, partial_rows);
  first_partial_chunk_.assign(partial.data(), partial.data() + partial.size_bytes());
}

void ChunkedDataset::put(std::uint64_t chunk, std::span<const std::byte> packed,
                         std::uint64_t rows) {
  const auto start = std::chrono::steady_clock::now();
  rows_ = std::max(rows_, rows);
  const hsize_t offset = chunk * chunk_rows_, extent = rows_;
  check(H5Dset_extent(dataset_.id(), &extent), what_);
  check(H5Dwrite_chunk(dataset_.id(), H5P_DEFAULT, 0, &offset, packed.size(), packed.data()),
        what_);
  writing_s_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<std::uint64_t> ChunkedDataset::make_room(std::uint64_t first_chunk,
                                                     std::uint64_t rows) {
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t rows_before = std::exchange(rows_, rows);
  const hsize_t extent = rows;
  check(H5Dset_extent(dataset_.id(), &extent), what_);
  std::vector<std::uint64_t> places;
  for (hsize_t row = first_chunk * chunk_rows_; row < rows; row += chunk_rows_) {
    unsigned filters = 0;
    haddr_t place = HADDR_UNDEF;
    hsize_t bytes = 0;
    check(H5Dget_chunk_info_by_coord(dataset_.id(), &row, &filters, &place, &bytes), what_);
    core::validate(
        place != HADDR_UNDEF, core::ErrorKind::io,
        fmt::format("cannot {} (HDF5 set no space aside), give gmf_writer = single", what_));
    if (row >= rows_before) reserve_on_disk(file_->state, place, bytes, what_);
    places.push_back(place);
  }
  writing_s_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return places;
}

void ChunkedDataset::close() {
  check(dataset_.close(), what_);
}

}  // namespace shakefield::store
