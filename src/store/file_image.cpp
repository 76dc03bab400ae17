// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "file_impl.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::store {

File File::open_image(std::span<const std::byte> bytes, const std::filesystem::path& name) {
  const std::string what = deed("open", "", name);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  constexpr std::size_t increment = 64 << 10;
  auto impl = std::make_unique<Impl>(name);
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, what);
  check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), what);
  check(H5Pset_fapl_core(access.id(), increment, false), what);
  // HDF5 takes a pointer to bytes that it may write; it copies them and leaves them as they are.
  check(H5Pset_file_image(access.id(), const_cast<std::byte*>(bytes.data()), bytes.size()), what);
  // HDF5 refuses an image under the name of a file that exists.
  const std::string image_name = name.string() + " (in memory)";
  const hid_t file = H5Fopen(image_name.c_str(), H5F_ACC_RDONLY, access.id());
  core::validate(
      file >= 0, core::ErrorKind::data,
      fmt::format("{} is not an HDF5 file (or is cut short), correct the path", name.string()));
  impl->handle = Handle(file, H5Fclose, what);
  return File(std::move(impl));
}

}  // namespace shakefield::store
