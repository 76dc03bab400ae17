// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/texts.hpp"

#include <fmt/format.h>

#include "file_impl.hpp"
#include "shakefield/core/error.hpp"
#include "types.hpp"

namespace shakefield::store {

std::vector<std::string> read_texts(const File& file, std::string_view path) {
  const std::string what = deed("read", path, file.path());
  const Handle dataset(H5Dopen2(file.impl().id(), std::string(path).c_str(), H5P_DEFAULT), H5Dclose,
                       what);
  const Handle type(H5Dget_type(dataset.id()), H5Tclose, what);
  const Handle space(H5Dget_space(dataset.id()), H5Sclose, what);
  core::validate(H5Tget_class(type.id()) == H5T_STRING, core::ErrorKind::data,
                 fmt::format("cannot {} (it holds no texts), give a dataset of texts", what));
  const auto count =
      static_cast<std::size_t>(check(H5Sget_simple_extent_npoints(space.id()), what));
  constexpr double most_bytes = 1e12;
  core::validate(
      static_cast<double>(count) * static_cast<double>(H5Tget_size(type.id())) <= most_bytes,
      core::ErrorKind::data,
      fmt::format("cannot {} (it claims {} texts), check the file", what, count));
  std::vector<std::string> texts(count);
  if (count == 0) return texts;
  if (H5Tis_variable_str(type.id()) > 0) {
    std::vector<char*> pointers(count, nullptr);
    check(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), what);
    for (std::size_t i = 0; i < count; ++i) {
      if (pointers[i]) texts[i] = pointers[i];
      H5free_memory(pointers[i]);
    }
    return texts;
  }
  const std::size_t length = H5Tget_size(type.id());
  std::vector<char> bytes(length * count);
  check(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), what);
  for (std::size_t i = 0; i < count; ++i) {
    texts[i].assign(bytes.data() + i * length, length);
    texts[i].erase(texts[i].find_last_not_of('\0') + 1);
  }
  return texts;
}

}  // namespace shakefield::store
