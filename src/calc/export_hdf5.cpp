// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <system_error>

#include "export_kinds.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/store/packing.hpp"

namespace shakefield::calc {

void write_hdf5_file(const Results& results, const std::filesystem::path& path,
                     const std::function<void(store::File&)>& fill) {
  const std::filesystem::path& from = results.file().path();
  core::validate(!std::filesystem::exists(path) || !std::filesystem::equivalent(from, path),
                 core::ErrorKind::config,
                 "the export would overwrite the file it reads, give another folder",
                 {from.string()});
  const std::filesystem::path part = path.string() + ".part";
  store::File out = store::File::create(part, true);
  fill(out);
  out.close();
  std::error_code error;
  std::filesystem::rename(part, path, error);
  core::validate(
      !error, core::ErrorKind::io,
      fmt::format("the file cannot take its name ({}), check the folder and its permissions",
                  error.message()),
      {path.string()});
}

void export_hdf5(const Results& results, const std::filesystem::path& path,
                 const ExportOptions& options) {
  const auto kind = options.plain ? store::CodecKind::none : store::CodecKind::deflate;
  write_hdf5_file(results, path, [&](store::File& out) {
    store::copy_repacked(results.file(), out, {kind, 1});
  });
}

}  // namespace shakefield::calc
