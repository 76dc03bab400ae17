// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "driver.hpp"
#include "handle.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::store {

struct File::Impl {
  std::filesystem::path path;
  DriverState state;
  Handle handle;

  explicit Impl(std::filesystem::path file) : path(std::move(file)) { state.path = path; }
  /// Without close() a file that is written in commits stays as it was at the last one.
  ~Impl() {
    state.is_flushing = true;
    state.is_given_up = state.is_given_up || state.in_commits;
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  hid_t id() const { return handle.id(); }
};

/// Creation of links that makes the groups on the way.
Handle make_links(const std::string& deed);
/// Access to a dataset past HDF5's cache of chunks, which is in the way of whole rows and chunks.
Handle without_chunk_cache(const std::string& deed);
/// An open group or dataset.
Handle open_object(const File& file, std::string_view path, const std::string& deed);
/// An open dataset; throws Error{io} that names it if there is none.
Handle open_dataset(const File& file, std::string_view path, const std::string& deed);
/// Throws Error{io} if the path is taken.
void expect_free(const File& file, std::string_view path);
/// The attributes for a new dataset: the caller's, and the members' units unless the caller gave
/// "units".
core::Attributes with_units(core::Attributes attributes, const core::RowType& row);
void write_attributes_of(hid_t object, const core::Attributes& attributes, const std::string& deed);
core::Attributes read_attributes_of(hid_t object, const std::string& deed);

}  // namespace shakefield::store
