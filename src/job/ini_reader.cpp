// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>

#include "raw_job.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

std::size_t indent_of(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? line.size() : first;
}

/// State of the reader between lines.
class IniReader {
 public:
  IniReader(const std::string& file, core::Problems& problems) : file_(file), problems_(problems) {}

  void read_line(std::string_view line) {
    ++line_;
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') return;
    if (open_ && indent_of(line) > key_indent_) {
      append(content);
      return;
    }
    if (content.front() == '[' && content.back() == ']') {
      in_section_ = true;
      open_ = false;
      return;
    }
    read_key(line, content);
  }
  RawJob take() { return std::move(job_); }

 private:
  core::InputPlace here() const { return {file_, line_}; }

  void append(std::string_view content) {
    if (ignored_) return;
    auto& text = std::get<std::string>(job_.back().value.data);
    if (!text.empty()) text += '\n';
    text += content;
  }
  void read_key(std::string_view line, std::string_view content) {
    open_ = ignored_ = true;
    key_indent_ = indent_of(line);
    const auto separator = content.find_first_of("=:");
    const std::string name = lowered(trimmed(content.substr(0, separator)));
    if (separator == std::string_view::npos || name.empty()) {
      problems_.add(ErrorKind::config,
                    fmt::format("'{}' is no line of a job.ini (no 'key = value'), add the '=' or "
                                "make it a comment with '#'",
                                content),
                    here());
      return;
    }
    if (!in_section_) {
      problems_.add(ErrorKind::config,
                    fmt::format("'{}' stands before the first section (job.ini needs one), put a "
                                "line [general] above it",
                                name),
                    here());
      in_section_ = true;
    }
    if (const auto [first, is_new] = first_line_.emplace(name, line_); !is_new) {
      problems_.add(ErrorKind::config,
                    fmt::format("'{}' is given twice (first in line {}), remove one of them", name,
                                first->second),
                    here());
      return;
    }
    ignored_ = false;
    job_.push_back({name, std::string(trimmed(content.substr(separator + 1))), here()});
  }

  const std::string& file_;
  core::Problems& problems_;
  RawJob job_;
  std::map<std::string, int> first_line_;
  std::size_t key_indent_ = 0;
  int line_ = 0;
  bool in_section_ = false;
  bool open_ = false;     ///< a key stands above: indented lines belong to it
  bool ignored_ = false;  ///< that key was reported as wrong
};

}  // namespace

RawJob read_ini(std::string_view text, const std::string& file, core::Problems& problems) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  IniReader reader(file, problems);
  while (!text.empty()) {
    const auto end = text.find('\n');
    reader.read_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.take();
}

}  // namespace shakefield::job
