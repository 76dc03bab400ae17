// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "csv.hpp"
#include "packed_xml.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

/// Columns of names, whatever they look like.
bool is_text_column(std::string_view name) {
  constexpr std::array texts{"custom_site_id", "site_id", "id"};
  return std::ranges::find(texts, name) != texts.end();
}

/// Names of the columns; empty if they do not serve as names of members.
std::vector<std::string> column_names(const CsvRow& first, bool has_header) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < first.fields.size(); ++i)
    names.push_back(has_header ? std::string(first.fields[i]) : fmt::format("c{}", i));
  const std::set<std::string> distinct(names.begin(), names.end());
  return distinct.size() == names.size() && !distinct.contains("") ? names
                                                                   : std::vector<std::string>{};
}

std::string field_text(const std::string& text) {
  return text.find(',') == std::string::npos ? text : '"' + text + '"';
}

bool is_same(std::string_view a, std::string_view b) {
  return a == b || (plain_number(a) && plain_number(a) == plain_number(b));
}

/// Whether the table gives back what the reader sees in the text.
bool gives_back(const CsvTable& csv, const std::vector<CsvRow>& rows) {
  const std::string text = to_csv_text(csv);
  return std::ranges::equal(read_csv(text), rows, [](const CsvRow& a, const CsvRow& b) {
    return std::ranges::equal(a.fields, b.fields, is_same);
  });
}

}  // namespace

std::optional<CsvTable> to_csv_table(std::string_view text) {
  constexpr std::size_t most_padding = std::size_t{1} << 20;
  const std::vector<CsvRow> rows = read_csv(text);
  if (rows.empty()) return std::nullopt;
  CsvTable csv;
  csv.has_header = !plain_number(rows.front().fields.front());
  const std::vector<std::string> names = column_names(rows.front(), csv.has_header);
  const std::span body = std::span(rows).subspan(csv.has_header ? 1 : 0);
  if (names.empty() || body.empty() || std::ranges::any_of(body, [&](const CsvRow& row) {
        return row.fields.size() != names.size();
      }))
    return std::nullopt;
  core::RowType type;
  for (std::size_t c = 0; c < names.size(); ++c) {
    std::size_t longest = 1;
    bool is_number = !is_text_column(names[c]);
    for (const CsvRow& row : body) {
      longest = std::max(longest, row.fields[c].size());
      is_number = is_number && plain_number(row.fields[c]);
    }
    if (is_number)
      type.add(names[c], core::Scalar::f64);
    else
      type.add(names[c], core::Scalar::bytes, "", longest);
  }
  if (type.bytes * body.size() > 8 * text.size() + most_padding) return std::nullopt;
  csv.table = core::Array(type, {body.size()});
  for (std::size_t c = 0; c < names.size(); ++c) {
    std::vector<std::string> texts;
    std::vector<double> numbers;
    for (const CsvRow& row : body)
      if (type.members[c].type == core::Scalar::f64)
        numbers.push_back(*plain_number(row.fields[c]));
      else
        texts.emplace_back(row.fields[c]);
    if (texts.empty())
      csv.table.set_column<double>(names[c], numbers);
    else
      csv.table.set_column(names[c], std::span<const std::string>(texts));
  }
  if (!gives_back(csv, rows)) return std::nullopt;
  return csv;
}

std::string to_csv_text(const CsvTable& csv) {
  const std::vector<core::Member>& members = csv.table.type().members;
  std::vector<std::vector<std::string>> texts(members.size());
  std::vector<std::vector<double>> numbers(members.size());
  for (std::size_t c = 0; c < members.size(); ++c)
    if (members[c].type == core::Scalar::bytes)
      texts[c] = csv.table.column_text(members[c].name);
    else
      numbers[c] = csv.table.column_f64(members[c].name);
  std::string out;
  const auto add_line = [&](auto&& field) {
    for (std::size_t c = 0; c < members.size(); ++c) {
      if (c > 0) out += ',';
      field(c);
    }
    out += '\n';
  };
  if (csv.has_header) add_line([&](std::size_t c) { out += field_text(members[c].name); });
  for (std::size_t r = 0; r < csv.table.rows(); ++r)
    add_line([&](std::size_t c) {
      if (numbers[c].empty())
        out += field_text(texts[c][r]);
      else
        fmt::format_to(std::back_inserter(out), "{}", numbers[c][r]);
    });
  return out;
}

}  // namespace shakefield::job
