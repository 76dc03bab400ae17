// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "csv.hpp"

#include "value.hpp"

namespace shakefield::job {
namespace {

/// Where the quoted field ends with which the line begins; npos if it begins with none.
std::size_t closing_quote(std::string_view line) {
  if (!line.starts_with('"')) return std::string_view::npos;
  std::size_t at = line.find('"', 1);
  while (at != std::string_view::npos && line.substr(at + 1).starts_with('"'))
    at = line.find('"', at + 2);
  return at;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    std::size_t comma = line.find(',');
    std::string_view field;
    if (const std::size_t close = closing_quote(line); close != std::string_view::npos) {
      field = line.substr(1, close - 1);
      comma = line.find(',', close);
    } else {
      field = trimmed(line.substr(0, comma));
    }
    fields.push_back(field);
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<CsvRow> rows;
  for (int line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view content = trimmed(text.substr(0, end));
    if (!content.empty() && content.front() != '#') rows.push_back({line, fields_of(content)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return rows;
}

}  // namespace shakefield::job
