// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "hdf5_file.hpp"

#include <cstddef>

namespace shakefield::structures {
namespace {

Handle formats_of_1_8() {
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "choose the formats of the file");
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), "choose the formats");
  return access;
}

Handle compound(std::size_t bytes) {
  return {H5Tcreate(H5T_COMPOUND, bytes), H5Tclose, "make the type of a row"};
}

void insert(const Handle& type, const char* name, std::size_t offset, hid_t member) {
  check(H5Tinsert(type.id(), name, offset, member), "make the type of a row");
}

void insert_values(const Handle& type, std::size_t offset) {
  for (const char* name : {"PGA", "SA(0.3)", "SA(1.0)"}) {
    insert(type, name, offset, H5T_NATIVE_FLOAT);
    offset += sizeof(float);
  }
}

Handle index_type() {
  Handle type = compound(sizeof(IndexRow));
  insert(type, "start", offsetof(IndexRow, start), H5T_NATIVE_UINT64);
  insert(type, "stop", offsetof(IndexRow, stop), H5T_NATIVE_UINT64);
  return type;
}

Handle space_of(hsize_t rows) {
  return {H5Screate_simple(1, &rows, nullptr), H5Sclose, "make a data space"};
}

}  // namespace

Handle create_file(const std::filesystem::path& path) {
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, formats_of_1_8().id()), H5Fclose,
          "create " + path.string()};
}

Handle open_file(const std::filesystem::path& path) {
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open " + path.string()};
}

void close_file(Handle& file) {
  check(file.close(), "close the file");
}

Handle row_type() {
  Handle type = compound(sizeof(Row));
  insert(type, "site", offsetof(Row, site), H5T_NATIVE_UINT32);
  insert(type, "event", offsetof(Row, event), H5T_NATIVE_UINT32);
  insert_values(type, offsetof(Row, values));
  return type;
}

Handle site_values_type() {
  Handle type = compound(sizeof(SiteValues));
  insert(type, "site", offsetof(SiteValues, site), H5T_NATIVE_UINT32);
  insert_values(type, offsetof(SiteValues, values));
  return type;
}

std::vector<IndexRow> index_of(const Fields& fields) {
  std::vector<IndexRow> index;
  for (std::uint32_t event = 0; event < fields.num_events(); ++event)
    index.push_back({fields.first_row[event], fields.first_row[event + 1]});
  return index;
}

void write_dataset(const Handle& file, const std::string& path, hid_t type, hsize_t rows,
                   const void* data, std::optional<hsize_t> chunk, Filter filter) {
  const std::string deed = "write " + path;
  const Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose, deed);
  check(H5Pset_create_intermediate_group(links.id(), 1), deed);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, deed);
  if (chunk) check(H5Pset_chunk(creation.id(), 1, &*chunk), deed);
  if (filter == Filter::deflate) {
    check(H5Pset_shuffle(creation.id()), deed);
    check(H5Pset_deflate(creation.id(), 1), deed);
  }
  const Handle dataset(H5Dcreate2(file.id(), path.c_str(), type, space_of(rows).id(), links.id(),
                                  creation.id(), H5P_DEFAULT),
                       H5Dclose, deed);
  check(H5Dwrite(dataset.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), deed);
}

void write_index(const Handle& file, const Fields& fields) {
  const std::vector<IndexRow> index = index_of(fields);
  write_dataset(file, "/gmf_data/index", index_type().id(), index.size(), index.data(), {},
                Filter::none);
}

Dataset::Dataset(const Handle& file, const std::string& path)
    : path_("read " + path),
      dataset_(H5Dopen2(file.id(), path.c_str(), H5P_DEFAULT), H5Dclose, path_) {
  const Handle space(H5Dget_space(dataset_.id()), H5Sclose, path_);
  check(H5Sget_simple_extent_dims(space.id(), &rows_, nullptr), path_);
}

void Dataset::read(hid_t type, hsize_t first, hsize_t count, void* to) const {
  const Handle file(H5Dget_space(dataset_.id()), H5Sclose, path_);
  check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, &first, nullptr, &count, nullptr), path_);
  check(H5Dread(dataset_.id(), type, space_of(count).id(), file.id(), H5P_DEFAULT, to), path_);
}

void Dataset::read_points(hid_t type, const std::vector<hsize_t>& rows, void* to) const {
  if (rows.empty()) return;
  const Handle file(H5Dget_space(dataset_.id()), H5Sclose, path_);
  check(H5Sselect_elements(file.id(), H5S_SELECT_SET, rows.size(), rows.data()), path_);
  check(H5Dread(dataset_.id(), type, space_of(rows.size()).id(), file.id(), H5P_DEFAULT, to),
        path_);
}

Index::Index(const Handle& file) : type_(index_type()), dataset_(file, "/gmf_data/index") {}

IndexRow Index::event(std::uint32_t event) const {
  IndexRow row;
  dataset_.read(type_.id(), event, 1, &row);
  return row;
}

std::vector<IndexRow> Index::all() const {
  std::vector<IndexRow> rows(dataset_.rows());
  dataset_.read(type_.id(), 0, rows.size(), rows.data());
  return rows;
}

Block next_block(const std::vector<IndexRow>& index, std::size_t first_event) {
  std::size_t stop = first_event + 1;
  while (stop < index.size() && index[stop].stop - index[first_event].start <= block_rows) ++stop;
  return {first_event, stop};
}

}  // namespace shakefield::structures
