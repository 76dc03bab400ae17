// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include "file_impl.hpp"
#include "journal.hpp"
#include "shakefield/core/error.hpp"
#include "zstd_filter.hpp"

namespace shakefield::store {
namespace {

using core::Error;
using core::ErrorKind;

/// HDF5 does not print its errors, and does not tidy up at the program's end: destructors have.
void tame_library() {
  [[maybe_unused]] static const herr_t once = H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  [[maybe_unused]] static const bool reads_zstd = register_zstd_filter();
}

Handle file_access(DriverState& state, const std::string& deed) {
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, deed);
  // Formats of HDF5 1.8: every tool reads them, they allow attributes above 64 KiB, and a killed
  // writer leaves no "open for writing" mark as those of 1.10 do.
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), deed);
  // Chunks start at whole pages; small objects are not spread out.
  check(H5Pset_alignment(access.id(), 64 << 10, 4 << 10), deed);
  // close() closes the file, whatever is still open in it, so that its errors are seen there.
  check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), deed);
  set_driver(access.id(), state, deed);
  return access;
}

std::string_view without_slashes(std::string_view path) {
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return path;
}

/// Says in plain words what HDF5 would fail at.
void expect_place_for(const std::filesystem::path& path, bool overwrite) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path folder = path.parent_path();
  if (!folder.empty() && !fs::exists(folder, ignored))
    throw Error(ErrorKind::io, fmt::format("cannot {} (the folder {} does not exist), make it or "
                                           "choose another name",
                                           deed("create", "", path), folder.string()));
  if (fs::is_directory(path, ignored))
    throw Error(ErrorKind::config, fmt::format("{} is a folder (the output is a file), give the "
                                               "name of a file",
                                               path.string()));
  if (!overwrite && fs::exists(fs::symlink_status(path, ignored)))
    throw Error(ErrorKind::config,
                fmt::format("{} exists (a run would replace it), give --overwrite or another name",
                            path.string()));
}

}  // namespace

File::File(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

File File::create(const std::filesystem::path& path, bool overwrite, Writing writing) {
  expect_place_for(path, overwrite);
  expect_no_writer(path);
  remove_journal(path);
  const std::string what = deed("create", "", path);
  tame_library();
  auto impl = std::make_unique<Impl>(path);
  const Handle access = file_access(impl->state, what);
  const unsigned mode = overwrite ? H5F_ACC_TRUNC : H5F_ACC_EXCL;
  if (writing == Writing::in_commits) hold_back_new(impl->state);
  impl->handle = Handle(H5Fcreate(path.c_str(), mode, H5P_DEFAULT, access.id()), H5Fclose, what);
  return File(std::move(impl));
}

File File::open(const std::filesystem::path& path, Access access, Writing writing) {
  const std::string what = deed("open", "", path);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    throw Error(ErrorKind::data,
                fmt::format("cannot {} (there is no such file), correct the path", what));
  tame_library();
  auto impl = std::make_unique<Impl>(path);
  impl->state.held = recover(path);
  if (impl->state.held.empty() && check(H5Fis_hdf5(path.c_str()), what) == 0)
    throw Error(ErrorKind::data,
                fmt::format("{} is not an HDF5 file (its first bytes are others), give the output "
                            "of a run",
                            path.string()));
  const Handle properties = file_access(impl->state, what);
  const unsigned mode = access == Access::read_only ? H5F_ACC_RDONLY : H5F_ACC_RDWR;
  if (writing == Writing::in_commits) hold_back_all(impl->state);
  impl->handle = Handle(H5Fopen(path.c_str(), mode, properties.id()), H5Fclose, what);
  if (writing == Writing::in_commits) find_committed_end(impl->state);
  return File(std::move(impl));
}

bool is_blank(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return true;
  recover(path);
  std::array<char, 8> signature{};
  std::ifstream(path, std::ios::binary).read(signature.data(), signature.size());
  return signature == std::array<char, 8>{};
}

const std::filesystem::path& File::path() const {
  return impl_->path;
}

void File::commit() {
  const std::string what = deed("write", "", impl_->path);
  DriverState& state = impl_->state;
  state.is_flushing = true;
  const bool is_flushed = H5Fflush(impl_->id(), H5F_SCOPE_LOCAL) >= 0;
  state.is_flushing = false;
  if (!state.failure.empty()) fail(what, state.failure);
  if (!is_flushed) fail(what);
  if (state.in_commits) store::commit(state, what);
}

void File::wait_for_disk(bool wait) {
  impl_->state.waits_for_disk = wait;
}

std::size_t File::held_bytes() const {
  return impl_->state.held.size_bytes();
}

void File::close() {
  if (!impl_->handle) return;
  const std::string what = deed("write", "the end", impl_->path);
  impl_->state.is_flushing = true;
  check(impl_->handle.close(), what);
  if (!impl_->state.failure.empty()) fail(what, impl_->state.failure);
  if (impl_->state.commit_error) std::rethrow_exception(impl_->state.commit_error);
}

bool exists(const File& file, std::string_view path) {
  const std::string what = deed("look for", path, file.path());
  const std::string whole(without_slashes(path));
  if (whole.empty()) return true;
  for (std::size_t end = 0; end != whole.npos;) {
    end = whole.find('/', end + 1);
    const std::string part = whole.substr(0, end);
    if (!check(H5Lexists(file.impl().id(), part.c_str(), H5P_DEFAULT), what)) return false;
  }
  return true;
}

void remove(File& file, std::string_view path) {
  if (!exists(file, path)) return;
  const std::string whole(without_slashes(path));
  check(H5Ldelete(file.impl().id(), whole.c_str(), H5P_DEFAULT), deed("remove", path, file.path()));
}

bool is_group(const File& file, std::string_view path) {
  if (!exists(file, path)) return false;
  const Handle object = open_object(file, path, deed("open", path, file.path()));
  return H5Iget_type(object.id()) == H5I_GROUP;
}

std::vector<std::string> children(const File& file, std::string_view group) {
  const std::string what = deed("list", group, file.path());
  const Handle object = open_object(file, group, what);
  H5G_info_t info;
  check(H5Gget_info(object.id(), &info), what);
  std::vector<std::string> names(info.nlinks);
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto name_by_index = [&](char* to, std::size_t size) {
      return check(H5Lget_name_by_idx(object.id(), ".", H5_INDEX_NAME, H5_ITER_INC, i, to, size,
                                      H5P_DEFAULT),
                   what);
    };
    names[i].resize(static_cast<std::size_t>(name_by_index(nullptr, 0)));
    name_by_index(names[i].data(), names[i].size() + 1);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Handle make_links(const std::string& deed) {
  Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose, deed);
  check(H5Pset_create_intermediate_group(links.id(), 1), deed);
  return links;
}

Handle without_chunk_cache(const std::string& deed) {
  Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, deed);
  check(H5Pset_chunk_cache(access.id(), 0, 0, 0), deed);
  return access;
}

Handle open_object(const File& file, std::string_view path, const std::string& deed) {
  if (!exists(file, path))
    throw Error(ErrorKind::io,
                fmt::format("cannot {} (there is nothing of this name), look at the names with "
                            "shakefield info",
                            deed));
  const std::string name = fmt::format("/{}", without_slashes(path));
  return Handle(H5Oopen(file.impl().id(), name.c_str(), H5P_DEFAULT), H5Oclose, deed);
}

Handle open_dataset(const File& file, std::string_view path, const std::string& deed) {
  Handle object = open_object(file, path, deed);
  core::validate(H5Iget_type(object.id()) == H5I_DATASET, ErrorKind::io,
                 fmt::format("cannot {} (it is a group), name a dataset in it", deed));
  return object;
}

void expect_free(const File& file, std::string_view path) {
  core::validate(
      !exists(file, path), ErrorKind::io,
      fmt::format("cannot {} (it exists), write it once only", deed("create", path, file.path())));
}

}  // namespace shakefield::store
