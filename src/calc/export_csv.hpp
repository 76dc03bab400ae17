// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "export_numbers.hpp"

namespace shakefield::calc {

/// A CSV file under way: comma-separated cells, lines ended by CR LF, buffered. The file has a
/// temporary name until finish(), so that no half-written file is taken for a whole one. Every call
/// throws Error{io} on failure.
class CsvFile {
 public:
  explicit CsvFile(std::filesystem::path path);
  ~CsvFile();
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  /// A cell of text, quoted if it must be.
  CsvFile& text(std::string_view value);
  /// A cell of bytes as they are (numbers, or text that csv_cell() has seen).
  CsvFile& cell(std::string_view bytes) {
    separate();
    raw(bytes);
    return *this;
  }
  template <class Integer>
  CsvFile& integer(Integer value) {
    separate();
    return put_number([&](char* to) { return std::to_chars(to, to + 24, value).ptr; });
  }
  CsvFile& e5(float value) {
    separate();
    return put_number([&](char* to) { return write_e5(to, value); });
  }
  CsvFile& scientific(double value, int digits) {
    separate();
    return put_number([&](char* to) { return write_scientific(to, value, digits); });
  }
  CsvFile& fixed5(double value) {
    separate();
    return put_number([&](char* to) { return write_fixed5(to, value); });
  }
  void end_line() {
    raw("\r\n");
    at_line_start_ = true;
  }

  /// Writes what is left and gives the file its name.
  void finish();
  const std::filesystem::path& path() const { return path_; }

 private:
  template <class Write>
  CsvFile& put_number(Write write) {
    reserve(max_number_chars);
    char* const to = buffer_.data() + used_;
    used_ += static_cast<std::size_t>(write(to) - to);
    return *this;
  }
  void raw(std::string_view bytes) {
    reserve(bytes.size());
    std::memcpy(buffer_.data() + used_, bytes.data(), bytes.size());
    used_ += bytes.size();
  }
  void reserve(std::size_t bytes) {
    if (used_ + bytes > buffer_.size()) flush(bytes);
  }
  void separate() {
    if (!at_line_start_) raw(",");
    at_line_start_ = false;
  }
  void flush(std::size_t room);
  [[noreturn]] void fail(std::string_view what) const;

  std::filesystem::path path_, part_path_;
  std::ofstream stream_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;
  bool at_line_start_ = true;
  bool finished_ = false;
};

/// Text as a CSV cell: in quotes, with quotes doubled, if it holds a comma, a quote or a line end.
std::string csv_cell(std::string_view text);

}  // namespace shakefield::calc
