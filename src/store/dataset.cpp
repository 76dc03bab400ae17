// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "file_impl.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/store/array_blocks.hpp"
#include "types.hpp"

namespace shakefield::store {
namespace {

std::vector<std::size_t> shape_of(hid_t dataset, const std::string& deed) {
  const Handle space(H5Dget_space(dataset), H5Sclose, deed);
  std::vector<hsize_t> extent(
      static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space.id()), deed)));
  check(H5Sget_simple_extent_dims(space.id(), extent.data(), nullptr), deed);
  if (extent.empty()) return {1};
  return {extent.begin(), extent.end()};
}

core::RowType row_type_of(hid_t dataset, const std::string& deed) {
  const Handle type(H5Dget_type(dataset), H5Tclose, deed);
  core::RowType row = row_of(type.id(), deed);
  if (row.is_plain()) return row;
  const core::Attributes attributes = read_attributes_of(dataset, deed);
  const auto found = attributes.find("units");
  if (found == attributes.end()) return row;
  if (const auto* units = std::get_if<std::vector<std::string>>(&found->second);
      units && units->size() == row.members.size())
    for (std::size_t i = 0; i < units->size(); ++i) row.members[i].units = (*units)[i];
  return row;
}

/// Rows of a dataset from `first` on, in the file and in memory.
struct Slab {
  Handle file, memory;

  Slab(hid_t dataset, const std::vector<std::size_t>& shape, std::uint64_t first,
       const std::string& deed)
      : file(H5Dget_space(dataset), H5Sclose, deed) {
    const std::vector<hsize_t> count(shape.begin(), shape.end());
    memory = Handle(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr),
                    H5Sclose, deed);
    // A scalar has no axis to select along.
    if (check(H5Sget_simple_extent_ndims(file.id()), deed) == 0) return;
    std::vector<hsize_t> start(count.size(), 0);
    start.front() = first;
    check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                              nullptr),
          deed);
  }
};

core::Array read_block(hid_t dataset, core::RowType row, std::vector<std::size_t> shape,
                       std::uint64_t first, const std::string& deed) {
  core::Array array(std::move(row), std::move(shape));
  if (array.size_bytes() == 0) return array;
  const Handle type = make_type(array.type(), deed);
  const Slab slab(dataset, array.shape(), first, deed);
  check(H5Dread(dataset, type.id(), slab.memory.id(), slab.file.id(), H5P_DEFAULT, array.data()),
        deed);
  return array;
}

/// Values are written once, and hold anything before.
Handle contiguous(const std::string& deed) {
  Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, deed);
  check(H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER), deed);
  return creation;
}

Handle chunks_of_nan(const core::RowType& row, const std::vector<std::size_t>& shape,
                     const std::string& deed) {
  constexpr std::size_t chunk_bytes = std::size_t{256} << 10;
  Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, deed);
  if (std::ranges::find(shape, 0u) != shape.end()) return creation;
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  const std::size_t row_bytes =
      std::accumulate(shape.begin() + 1, shape.end(), row.bytes, std::multiplies<>());
  // Chunks of one size, so that the last one is nearly full, too.
  const std::size_t num_chunks =
      std::min(shape.front(), std::max<std::size_t>(1, shape.front() * row_bytes / chunk_bytes));
  chunk.front() = (shape.front() + num_chunks - 1) / num_chunks;
  check(H5Pset_chunk(creation.id(), static_cast<int>(chunk.size()), chunk.data()), deed);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  check(H5Pset_fill_value(creation.id(), H5T_NATIVE_DOUBLE, &nan), deed);
  return creation;
}

Handle create_dataset(const File& file, std::string_view path, const core::RowType& row,
                      const std::vector<std::size_t>& shape, const Handle& creation,
                      const std::string& deed) {
  core::validate(!shape.empty(), core::ErrorKind::internal,
                 fmt::format("cannot {} (the array has no shape), give it one", deed));
  expect_free(file, path);
  const std::vector<hsize_t> extent(shape.begin(), shape.end());
  const Handle type = make_type(row, deed);
  const Handle space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr),
                     H5Sclose, deed);
  return {H5Dcreate2(file.impl().id(), std::string(path).c_str(), type.id(), space.id(),
                     make_links(deed).id(), creation.id(), H5P_DEFAULT),
          H5Dclose, deed};
}

}  // namespace

void write_array(File& file, std::string_view path, const core::Array& array,
                 const core::Attributes& attributes) {
  const std::string what = deed("write", path, file.path());
  const Handle dataset =
      create_dataset(file, path, array.type(), array.shape(), contiguous(what), what);
  const Handle type = make_type(array.type(), what);
  if (array.size_bytes() > 0)
    check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, array.data()), what);
  write_attributes_of(dataset.id(), with_units(attributes, array.type()), what);
}

void make_array(File& file, std::string_view path, const core::RowType& row,
                const std::vector<std::size_t>& shape, const core::Attributes& attributes) {
  const std::string what = deed("write", path, file.path());
  const Handle dataset = create_dataset(file, path, row, shape, contiguous(what), what);
  write_attributes_of(dataset.id(), with_units(attributes, row), what);
}

void make_chunked_array(File& file, std::string_view path, const core::RowType& row,
                        const std::vector<std::size_t>& shape, const core::Attributes& attributes) {
  const std::string what = deed("write", path, file.path());
  core::validate(!shape.empty() && (row == core::RowType::plain(core::Scalar::f32) ||
                                    row == core::RowType::plain(core::Scalar::f64)),
                 core::ErrorKind::internal,
                 fmt::format("cannot {} (its rows are no plain numbers), use make_array", what));
  const Handle dataset =
      create_dataset(file, path, row, shape, chunks_of_nan(row, shape, what), what);
  write_attributes_of(dataset.id(), with_units(attributes, row), what);
}

void write_rows(File& file, std::string_view path, std::uint64_t first, const core::Array& block) {
  const std::string what = deed("write", path, file.path());
  open_dataset(file, path, what);
  const Handle dataset(
      H5Dopen2(file.impl().id(), std::string(path).c_str(), without_chunk_cache(what).id()),
      H5Dclose, what);
  const std::vector<std::size_t> extent = shape_of(dataset.id(), what);
  std::vector<std::size_t> rows = extent;
  if (!block.shape().empty()) rows.front() = block.shape().front();
  const Handle type = make_type(block.type(), what);
  const Handle own_type(H5Dget_type(dataset.id()), H5Tclose, what);
  core::validate(rows == block.shape() && first <= extent.front() &&
                     rows.front() <= extent.front() - first &&
                     check(H5Tequal(type.id(), own_type.id()), what) != 0,
                 core::ErrorKind::internal,
                 fmt::format("cannot {} (the block at row {} has another type or shape than the "
                             "dataset's rows), write rows that it has",
                             what, first));
  if (block.size_bytes() == 0) return;
  const Slab slab(dataset.id(), block.shape(), first, what);
  check(H5Dwrite(dataset.id(), type.id(), slab.memory.id(), slab.file.id(), H5P_DEFAULT,
                 block.data()),
        what);
}

core::Array read_array(const File& file, std::string_view path) {
  const std::string what = deed("read", path, file.path());
  const Handle dataset = open_dataset(file, path, what);
  return read_block(dataset.id(), row_type_of(dataset.id(), what), shape_of(dataset.id(), what), 0,
                    what);
}

core::Array read_rows(const File& file, std::string_view path, std::uint64_t first,
                      std::uint64_t count) {
  const std::string what = deed("read", path, file.path());
  const Handle dataset = open_dataset(file, path, what);
  std::vector<std::size_t> extent = shape_of(dataset.id(), what);
  core::validate(first <= extent.front() && count <= extent.front() - first,
                 core::ErrorKind::internal,
                 fmt::format("cannot {} (rows {} to {} were asked for, it has {}), ask for rows "
                             "that it has",
                             what, first, first + count, extent.front()));
  extent.front() = count;
  return read_block(dataset.id(), row_type_of(dataset.id(), what), std::move(extent), first, what);
}

std::vector<std::size_t> shape(const File& file, std::string_view path) {
  const std::string what = deed("read the shape", path, file.path());
  return shape_of(open_dataset(file, path, what).id(), what);
}

core::RowType row_type(const File& file, std::string_view path) {
  const std::string what = deed("read the type", path, file.path());
  return row_type_of(open_dataset(file, path, what).id(), what);
}

}  // namespace shakefield::store
