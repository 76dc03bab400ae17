// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "job_files.hpp"
#include "packed_texts.hpp"
#include "shakefield/core/hash.hpp"

namespace shakefield::job {
namespace {

std::string read_from_disk(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  core::validate(
      std::filesystem::exists(status), core::ErrorKind::data,
      fmt::format("cannot read '{}' (there is no such file), correct the path", path.string()));
  core::validate(std::filesystem::is_regular_file(status), core::ErrorKind::data,
                 fmt::format("cannot read '{}' (it is a folder or a device), correct the path",
                             path.string()));
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  // An empty file sets the fail bit of `text`, so the reasons are asked from the stream and from
  // errno.
  core::validate(stream.good() || (stream.is_open() && errno == 0), core::ErrorKind::data,
                 fmt::format("cannot read '{}' ({}), check its permissions", path.string(),
                             std::strerror(errno)));
  return std::move(text).str();
}

std::string checksum_of(std::string_view text) {
  core::Digest digest;
  digest.add(std::as_bytes(std::span(text)));
  return digest.hex();
}

}  // namespace

const std::string& InputFiles::text(const std::filesystem::path& path) {
  const auto normal = path.lexically_normal();
  if (const auto known = texts_.find(normal); known != texts_.end()) return known->second;
  core::validate(model_.empty(), core::ErrorKind::data,
                 fmt::format("cannot read '{}' (the model {} has no such input), correct the path "
                             "or convert the job with it",
                             path.string(), model_.string()));
  core::validate(
      !sealed_, core::ErrorKind::internal,
      fmt::format("'{}' was not read by the first rank (a fault of the program), report it",
                  path.string()));
  if (texts_.empty()) folder_ = normal.parent_path();
  return texts_.emplace(normal, read_from_disk(path)).first->second;
}

void InputFiles::add_text(const std::filesystem::path& path, std::string text) {
  texts_[path.lexically_normal()] = std::move(text);
}

void InputFiles::add_table(const std::filesystem::path& path,
                           std::shared_ptr<gmm::TableFile> table) {
  const auto normal = path.lexically_normal();
  tables_[normal] = std::move(table);
  const auto text = texts_.find(normal);
  if (keeps_texts_of_tables_ || text == texts_.end()) return;
  sums_[normal] = checksum_of(text->second);
  texts_.erase(text);
}

std::map<std::string, std::string> InputFiles::checksums() const {
  std::map<std::string, std::string> sums;
  const auto name = [&](const std::filesystem::path& path) {
    return path.lexically_relative(folder_).generic_string();
  };
  for (const auto& [path, text] : texts_) sums[name(path)] = checksum_of(text);
  for (const auto& [path, sum] : sums_) sums[name(path)] = sum;
  return sums;
}

std::vector<std::byte> InputFiles::pack() const {
  PackedTexts packed;
  packed.put(folder_.string());
  for (const auto& [path, sum] : sums_) {
    packed.put(path.string());
    packed.put(sum);
  }
  packed.put("");
  for (const auto& [path, text] : texts_) {
    packed.put(path.string());
    packed.put(text);
  }
  return std::move(packed.bytes());
}

InputFiles InputFiles::unpack(std::vector<std::byte> bytes) {
  InputFiles files;
  PackedTexts packed(std::move(bytes));
  files.folder_ = packed.take();
  for (std::string path = packed.take(); !path.empty(); path = packed.take())
    files.sums_[std::move(path)] = packed.take();
  while (!packed.is_empty()) {
    std::filesystem::path path = packed.take();
    files.texts_[std::move(path)] = packed.take();
  }
  return files;
}

std::filesystem::path checked_path(const std::string& name, std::string_view key,
                                   const core::InputPlace& place,
                                   const std::filesystem::path& folder) {
  core::validate(
      !std::filesystem::path(name).is_absolute(), core::ErrorKind::config,
      fmt::format(
          "{} = {} is an absolute path (paths are relative to the job's folder), make it relative",
          key, name),
      place);
  return (folder / name).lexically_normal();
}

std::filesystem::path file_path(const Settings& settings, std::string_view key,
                                const std::filesystem::path& folder) {
  return checked_path(settings.text(key), key, settings.place(key), folder);
}

const std::string& read_file(InputFiles& files, const std::filesystem::path& path,
                             const core::InputPlace& named_in) {
  try {
    return files.text(path);
  } catch (const core::Error& e) {
    throw core::Error(e.kind(), e.problems().front().message, named_in);
  }
}

XmlFile read_xml(InputFiles& files, const std::filesystem::path& path,
                 const core::InputPlace& named_in) {
  return XmlFile(path.string(), read_file(files, path, named_in));
}

}  // namespace shakefield::job
