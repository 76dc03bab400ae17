// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/packing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "file_impl.hpp"

namespace shakefield::store {
namespace {

Filter filter_of(hid_t creation, unsigned number, const std::string& deed) {
  std::array<unsigned, 16> parameters{};
  std::size_t num_parameters = parameters.size();
  unsigned flags = 0, config = 0;
  const H5Z_filter_t id = check(H5Pget_filter2(creation, number, &flags, &num_parameters,
                                               parameters.data(), 0, nullptr, &config),
                                deed);
  const std::size_t known = std::min(num_parameters, parameters.size());
  return {id, {parameters.begin(), parameters.begin() + static_cast<std::ptrdiff_t>(known)}};
}

void copy_table(const File& from, File& to, const std::string& path, const CodecChoice& codec) {
  constexpr std::size_t block_bytes = std::size_t{8} << 20;
  const core::RowType row = row_type(from, path);
  const std::uint64_t rows = shape(from, path).front();
  const std::uint64_t block = std::max<std::uint64_t>(1, block_bytes / row.bytes);
  TableWriter table(to, path, row, read_attributes(from, path), std::size_t{1} << 20, Start::anew,
                    codec);
  for (std::uint64_t first = 0; first < rows; first += block)
    table.append(read_rows(from, path, first, std::min(block, rows - first)));
  table.finish();
}

void copy_group(const File& from, File& to, const std::string& group, const CodecChoice& codec) {
  write_attributes(to, group.empty() ? "/" : group,
                   read_attributes(from, group.empty() ? "/" : group));
  for (const std::string& name : children(from, group.empty() ? "/" : group)) {
    const std::string path = fmt::format("{}/{}", group, name);
    if (is_group(from, path)) {
      copy_group(from, to, path, codec);
    } else if (!packing_of(from, path).filters.empty()) {
      copy_table(from, to, path, codec);
    } else {
      const std::string what = deed("write", path, to.path());
      check(H5Ocopy(from.impl().id(), path.c_str(), to.impl().id(), path.c_str(), H5P_DEFAULT,
                    make_links(what).id()),
            what);
    }
  }
}

}  // namespace

Packing packing_of(const File& file, std::string_view path) {
  const std::string what = deed("read the packing", path, file.path());
  const Handle dataset = open_dataset(file, path, what);
  const Handle creation(H5Dget_create_plist(dataset.id()), H5Pclose, what);
  Packing packing;
  packing.stored_bytes = H5Dget_storage_size(dataset.id());
  const int filters = check(H5Pget_nfilters(creation.id()), what);
  for (int i = 0; i < filters; ++i)
    packing.filters.push_back(filter_of(creation.id(), static_cast<unsigned>(i), what));
  return packing;
}

void copy_repacked(const File& from, File& to, const CodecChoice& codec) {
  copy_group(from, to, "", codec);
}

}  // namespace shakefield::store
