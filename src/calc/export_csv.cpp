// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "export_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "shakefield/core/error.hpp"

namespace shakefield::calc {

CsvFile::CsvFile(std::filesystem::path path)
    : path_(std::move(path)), part_path_(path_.string() + ".part"), buffer_(std::size_t{1} << 20) {
  stream_.rdbuf()->pubsetbuf(nullptr, 0);  // buffer_ is the only one
  stream_.open(part_path_, std::ios::binary | std::ios::trunc);
  if (!stream_) fail("cannot be made");
}

CsvFile::~CsvFile() {
  if (finished_) return;
  stream_.close();
  std::error_code ignored;
  std::filesystem::remove(part_path_, ignored);
}

CsvFile& CsvFile::text(std::string_view value) {
  return cell(csv_cell(value));
}

void CsvFile::finish() {
  flush(0);
  stream_.close();
  if (!stream_) fail("could not be written to its end");
  std::error_code error;
  std::filesystem::rename(part_path_, path_, error);
  if (error) {
    errno = error.value();
    fail("cannot take its name");
  }
  finished_ = true;
}

void CsvFile::flush(std::size_t room) {
  stream_.write(buffer_.data(), static_cast<std::streamsize>(used_));
  if (!stream_) fail("could not be written");
  used_ = 0;
  if (room > buffer_.size()) buffer_.resize(room);
}

void CsvFile::fail(std::string_view what) const {
  throw core::Error(
      core::ErrorKind::io,
      fmt::format("the file {} ({}), check the folder, its permissions and the free space", what,
                  std::generic_category().message(errno)),
      {path_.string()});
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

}  // namespace shakefield::calc
