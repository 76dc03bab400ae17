// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <numeric>

namespace shakefield::job {
namespace {

std::string inner_text(const Value& value) {
  if (const auto* text = value.text()) return fmt::format("\"{}\"", *text);
  return to_text(value);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string to_text(const Value& value) {
  struct Writer {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool x) const { return x ? "true" : "false"; }
    std::string operator()(double x) const { return fmt::format("{}", x); }
    std::string operator()(const std::string& x) const { return x; }
    std::string operator()(const Value::List& list) const {
      std::string text;
      for (const Value& item : list) text += (text.empty() ? "" : ", ") + inner_text(item);
      return '[' + text + ']';
    }
    std::string operator()(const Value::Map& map) const {
      std::string text;
      for (const auto& [key, item] : map)
        text += fmt::format("{}\"{}\": {}", text.empty() ? "" : ", ", key, inner_text(item));
      return '{' + text + '}';
    }
  };
  return std::visit(Writer{}, value.data);
}

bool parse_number(std::string_view text, double& number) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  return status == std::errc{} && end == text.data() + text.size() && !text.empty();
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string> split_at_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::vector<std::string> list;
  for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos;) {
    const auto end = std::min(text.find_first_of(blanks, begin), text.size());
    list.emplace_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(blanks, end);
  }
  return list;
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known) {
  constexpr std::size_t enough = 64;  // longer than any name: the rest would only take time
  name = name.substr(0, enough);
  std::string_view nearest;
  std::size_t least = std::string_view::npos;
  for (const std::string_view candidate : known) {
    const auto [shorter, longer] = std::minmax({candidate.size(), name.size()});
    if (longer - shorter >= least) continue;  // as many letters differ at least
    if (const std::size_t distance = edit_distance(candidate, name); distance < least) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

}  // namespace shakefield::job
