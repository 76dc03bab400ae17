// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "spec_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "shakefield/core/error.hpp"

namespace shakefield::gmm {
namespace {

std::string_view trimmed(std::string_view s) {
  const auto first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

[[noreturn]] void reject(std::string_view text, std::string_view line) {
  throw core::Error(
      core::ErrorKind::config,
      fmt::format(
          "'{}' in the model '{}' is not understood (expected a name, or [Name] followed by "
          "lines key = value with a number, true, false, a text in quotes, or a list of "
          "numbers), correct the line",
          line, trimmed(text)));
}

bool is_name(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '-' || c == '.';
  });
}

/// The line without a comment (# outside of quotes).
std::string_view without_comment(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote) {
      if (line[i] == quote) quote = 0;
    } else if (line[i] == '"' || line[i] == '\'') {
      quote = line[i];
    } else if (line[i] == '#') {
      return line.substr(0, i);
    }
  }
  return line;
}

std::optional<double> number_in(std::string_view s) {
  if (s.starts_with('+')) s.remove_prefix(1);
  double x = 0;
  const auto [end, status] = std::from_chars(s.data(), s.data() + s.size(), x);
  if (status != std::errc{} || end != s.data() + s.size()) return std::nullopt;
  return x;
}

std::optional<Argument> value_in(std::string_view s) {
  if (s == "true") return true;
  if (s == "false") return false;
  if (s.size() >= 2 && (s.front() == '"' || s.front() == '\'') && s.back() == s.front())
    return std::string(s.substr(1, s.size() - 2));
  if (s.size() >= 2 && s.front() == '[' && s.back() == ']') {
    std::vector<double> list;
    std::string_view rest = trimmed(s.substr(1, s.size() - 2));
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      const auto x = number_in(trimmed(rest.substr(0, comma)));
      if (!x) return std::nullopt;
      list.push_back(*x);
      rest = comma == std::string_view::npos ? std::string_view{} : trimmed(rest.substr(comma + 1));
    }
    return list;
  }
  if (const auto x = number_in(s)) return *x;
  return std::nullopt;
}

}  // namespace

std::string argument_text(const Argument& argument) {
  struct Writer {
    std::string operator()(bool x) const { return x ? "true" : "false"; }
    std::string operator()(double x) const { return fmt::format("{}", x); }
    std::string operator()(const std::string& x) const { return '"' + x + '"'; }
    std::string operator()(const std::vector<double>& list) const {
      std::string text;
      for (const double x : list) text += (text.empty() ? "" : ", ") + (*this)(x);
      return '[' + text + ']';
    }
  };
  return std::visit(Writer{}, argument);
}

ModelSpec ModelSpec::parse(std::string_view text) {
  ModelSpec spec;
  std::string prefix;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = rest.find('\n');
    const std::string_view line = trimmed(without_comment(rest.substr(0, end)));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (line.empty()) continue;

    if (line.front() == '[' && line.back() == ']') {
      // [Name] opens the model, [Name.part] a part of its arguments.
      const std::string_view section = trimmed(line.substr(1, line.size() - 2));
      if (!is_name(section)) reject(text, line);
      if (spec.name.empty() && section.find('.') == std::string_view::npos) {
        spec.name = section;
      } else if (!spec.name.empty() && section.starts_with(spec.name + '.')) {
        prefix = std::string(section.substr(spec.name.size() + 1)) + '.';
      } else {
        reject(text, line);
      }
    } else if (const auto equals = line.find('='); equals != std::string_view::npos) {
      const std::string_view key = trimmed(line.substr(0, equals));
      const auto value = value_in(trimmed(line.substr(equals + 1)));
      if (spec.name.empty() || !is_name(key) || !value) reject(text, line);
      if (!spec.arguments.emplace(prefix + std::string(key), *value).second) reject(text, line);
    } else {
      if (!spec.name.empty() || !is_name(line)) reject(text, line);
      spec.name = line;
    }
  }
  if (spec.name.empty()) reject(text, trimmed(text));
  return spec;
}

std::string ModelSpec::text() const {
  if (arguments.empty()) return name;
  std::string text = '[' + name + ']';
  for (const auto& [key, value] : arguments) text += '\n' + key + " = " + argument_text(value);
  return text;
}

}  // namespace shakefield::gmm
