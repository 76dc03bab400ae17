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

bool is_bare(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

std::optional<double> number_in(std::string_view s) {
  if (s.starts_with('+')) s.remove_prefix(1);
  double x = 0;
  const auto [end, status] = std::from_chars(s.data(), s.data() + s.size(), x);
  if (status != std::errc{} || end != s.data() + s.size()) return std::nullopt;
  return x;
}

/// Reads the part of TOML that models are written in, from the first character to the last.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  ModelSpec read() {
    for (skip_lines(); at_ < text_.size(); skip_lines()) {
      line_ = at_;
      if (accept('[')) {
        read_section();
      } else {
        const std::string key = read_key();
        if (accept('=')) {
          if (spec_.name.empty()) reject();
          read_value(prefix_ + key);
        } else {
          if (!spec_.name.empty()) reject();
          spec_.name = key;
        }
      }
      end_line();
    }
    if (spec_.name.empty()) reject();
    drop_filled_tables();
    return std::move(spec_);
  }

 private:
  [[noreturn]] void reject() const {
    const std::string_view line = text_.substr(line_, text_.find('\n', line_) - line_);
    std::string model(trimmed(text_));
    std::ranges::replace(model, '\n', ' ');  // a message is one line
    throw core::Error(
        core::ErrorKind::config,
        fmt::format(
            "'{}' in the model '{}' is not understood (expected a name, or [Name] followed by "
            "lines key = value with a number, true, false, a text in quotes, a list of numbers, or "
            "a table {{key = value, …}}), correct the line",
            trimmed(line), model));
  }

  /// [Name] opens the model, [Name.part] a table among its arguments.
  void read_section() {
    const std::string section = read_key();
    if (!accept(']')) reject();
    if (spec_.name.empty() && section.find('.') == std::string::npos) {
      spec_.name = section;
    } else if (!spec_.name.empty() && section.starts_with(spec_.name + '.')) {
      const std::string table = section.substr(spec_.name.size() + 1);
      put(table, EmptyTable{});
      prefix_ = table + '.';
    } else {
      reject();
    }
  }

  /// Bare or quoted words joined by dots.
  std::string read_key() {
    std::string key;
    do {
      if (!key.empty()) key += '.';
      skip_blanks();
      if (peek() == '"' || peek() == '\'') {
        key += read_quoted();
      } else {
        const std::size_t first = at_;
        while (is_bare(peek())) ++at_;
        if (at_ == first) reject();
        key += text_.substr(first, at_ - first);
      }
    } while (accept('.'));
    return key;
  }

  std::string read_quoted() {
    const char quote = text_[at_++];
    const auto end = text_.find(quote, at_);
    if (end == std::string_view::npos || text_.substr(at_, end - at_).find('\n') < end - at_)
      reject();
    const std::string_view inside = text_.substr(at_, end - at_);
    at_ = end + 1;
    return std::string(inside);
  }

  void read_value(const std::string& key) {
    skip_blanks();
    if (accept('{')) {
      read_table(key);
    } else if (accept('[')) {
      put(key, read_list());
    } else if (peek() == '"' || peek() == '\'') {
      put(key, read_quoted());
    } else if (const std::string_view word = read_word(); word == "true" || word == "false") {
      put(key, word == "true");
    } else if (const auto x = number_in(word)) {
      put(key, *x);
    } else {
      reject();
    }
  }

  void read_table(const std::string& key) {
    put(key, EmptyTable{});
    while (!accept('}')) {
      const std::string inner = read_key();
      if (!accept('=')) reject();
      read_value(fmt::format("{}.{}", key, inner));
      if (!accept(',') && peek() != '}') reject();
    }
  }

  std::vector<double> read_list() {
    std::vector<double> list;
    for (skip_lines(); !accept(']'); skip_lines()) {
      const auto x = number_in(read_word());
      if (!x) reject();
      list.push_back(*x);
      skip_lines();
      if (!accept(',') && peek() != ']') reject();
    }
    return list;
  }

  /// Up to a blank or a character that ends a value.
  std::string_view read_word() {
    const std::size_t first = at_;
    at_ = std::min(text_.find_first_of(" \t\r\n,]}#", at_), text_.size());
    return text_.substr(first, at_ - first);
  }

  void put(const std::string& key, Argument value) {
    if (!spec_.arguments.emplace(key, std::move(value)).second) reject();
    spec_.order.push_back(key);
  }

  /// A table is known by what stands in it; only an empty one is an argument itself.
  void drop_filled_tables() {
    auto& arguments = spec_.arguments;
    for (auto it = arguments.begin(); it != arguments.end();) {
      const auto inside = arguments.lower_bound(it->first + '.');
      const bool filled = inside != arguments.end() && inside->first.starts_with(it->first + '.');
      it = filled && std::holds_alternative<EmptyTable>(it->second) ? arguments.erase(it) : ++it;
    }
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool accept(char c) {
    skip_blanks();
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r", at_), text_.size()); }
  void skip_comment() {
    skip_blanks();
    if (peek() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
  }
  void skip_lines() {
    for (skip_comment(); peek() == '\n'; skip_comment()) ++at_;
  }
  void end_line() {
    skip_comment();
    if (at_ < text_.size() && peek() != '\n') reject();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;  ///< where the statement at work begins
  std::string prefix_;    ///< of the section
  ModelSpec spec_;
};

/// A key as TOML: words with other than bare characters ("SA(0.2)") stand in quotes.
std::string key_text(std::string_view key) {
  std::string text;
  while (!key.empty()) {
    const std::size_t open = key.find('('), dot = key.find('.');
    const std::size_t end =
        std::min(open < dot ? key.find('.', key.find(')', open)) : dot, key.size());
    const std::string_view word = key.substr(0, end);
    const bool bare = std::ranges::all_of(word, is_bare);
    if (!text.empty()) text += '.';
    text += bare ? std::string(word) : fmt::format("\"{}\"", word);
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return text;
}

}  // namespace

std::vector<std::string> ordered_keys(const ModelSpec& spec) {
  std::vector<std::string> keys;
  for (const std::string& key : spec.order)
    if (spec.arguments.contains(key)) keys.push_back(key);
  for (const auto& [key, value] : spec.arguments)
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  return keys;
}

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
    std::string operator()(EmptyTable) const { return "{}"; }
    std::string operator()(const std::shared_ptr<const TableFile>& x) const {
      return (*this)(x->path);
    }
  };
  return std::visit(Writer{}, argument);
}

ModelSpec ModelSpec::parse(std::string_view text) {
  return Reader(text).read();
}

std::string ModelSpec::text() const {
  if (arguments.empty()) return name;
  std::string text = '[' + name + ']';
  for (const std::string& key : ordered_keys(*this))
    text += '\n' + key_text(key) + " = " + argument_text(arguments.find(key)->second);
  return text;
}

}  // namespace shakefield::gmm
