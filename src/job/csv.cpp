// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "csv.hpp"

#include "value.hpp"

namespace shakefield::job {
namespace {

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    std::size_t comma = line.find(',');
    std::string_view field;
    if (line.starts_with('"') && line.find('"', 1) != std::string_view::npos) {
      const std::size_t close = line.find('"', 1);
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
