// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <limits>

#include "shakefield/core/error.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

/// Recursive descent over one literal.
class LiteralParser {
 public:
  explicit LiteralParser(std::string_view text) : text_(text) {}

  Value parse() {
    Value value = parse_value();
    skip_blanks();
    if (at_ < text_.size()) fail("the end");
    return value;
  }

 private:
  static constexpr int max_depth = 50;
  static constexpr std::size_t most_levels = 10'000, most_levels_in_all = 1'000'000;

  [[noreturn]] void fail(std::string_view expected) const {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    throw core::Error(
        core::ErrorKind::config,
        fmt::format("{} ({} expected at character {}), write a Python literal such as {{\"PGA\": "
                    "[0.1, 0.2]}}",
                    rest.empty() ? std::string("the value ends too early")
                                 : fmt::format("'{}' is not understood", rest.substr(0, 20)),
                    expected, at_ + 1));
  }
  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool accept(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  char peek() {
    skip_blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  Value parse_value() {
    if (++depth_ > max_depth) fail("at most 50 nested brackets");
    Value value = parse_one();
    --depth_;
    return value;
  }
  Value parse_one() {
    const char c = peek();
    if (c == '[' || c == '(') {
      ++at_;
      return parse_items(c == '[' ? ']' : ')');
    }
    if (c == '{') {
      ++at_;
      return parse_map();
    }
    if (c == '"' || c == '\'') return parse_quoted();
    if (std::isalpha(static_cast<unsigned char>(c))) return parse_word();
    return parse_plain_number();
  }
  Value::List parse_items(char close) {
    Value::List items;
    while (!accept(close)) {
      items.push_back(parse_value());
      if (!accept(',') && peek() != close) fail(fmt::format("',' or '{}'", close));
    }
    return items;
  }
  Value parse_map() {
    Value::Map map;
    while (!accept('}')) {
      Value key = parse_value();
      if (key.list() || key.map()) fail("a text or a number as a key");
      if (!accept(':')) fail("':'");
      map.emplace_back(to_text(key), parse_value());
      if (!accept(',') && peek() != '}') fail("',' or '}'");
    }
    return map;
  }
  Value parse_quoted() {
    const char quote = text_[at_++];
    const auto end = text_.find(quote, at_);
    if (end == std::string_view::npos) fail(fmt::format("a closing {}", quote));
    const std::string inner(text_.substr(at_, end - at_));
    at_ = end + 1;
    return inner;
  }
  Value parse_word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
    const std::string_view word = text_.substr(start, at_ - start);
    if (word == "True" || word == "true") return true;
    if (word == "False" || word == "false") return false;
    if (word == "None") return {};
    if (word == "inf") return std::numeric_limits<double>::infinity();
    if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
    if ((word == "logscale" || word == "linscale") && accept('(')) return scale(word == "logscale");
    at_ = start;
    fail("a number, a quoted text, True, False, None, a list or a dictionary");
  }
  /// a·(b/a)^(i/(n-1)) or a + (b-a)·i/(n-1), i = 0 … n-1.
  Value scale(bool logarithmic) {
    const Value::List arguments = parse_items(')');
    double x[3] = {};
    if (arguments.size() != 3) fail("three numbers (first, last, how many)");
    for (std::size_t i = 0; i < 3; ++i) {
      if (!arguments[i].number()) fail("three numbers (first, last, how many)");
      x[i] = *arguments[i].number();
    }
    const bool fits = x[2] >= 2 && x[2] <= most_levels && x[1] > x[0] && (!logarithmic || x[0] > 0);
    if (!fits)
      fail(
          fmt::format("{}first < last and 2 to {} values", logarithmic ? "0 < " : "", most_levels));
    const auto n = static_cast<std::size_t>(x[2]);
    if (n > levels_left_) fail(fmt::format("at most {} values in all", most_levels_in_all));
    levels_left_ -= n;
    Value::List levels;
    for (std::size_t i = 0; i < n; ++i) {
      const double part = static_cast<double>(i) / static_cast<double>(n - 1);
      levels.emplace_back(logarithmic ? x[0] * std::exp(std::log(x[1] / x[0]) * part)
                                      : x[0] + (x[1] - x[0]) * part);
    }
    return levels;
  }
  Value parse_plain_number() {
    const std::size_t start = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) ||
            std::string_view("+-._").find(text_[at_]) != std::string_view::npos))
      ++at_;
    const std::string_view word = text_.substr(start, at_ - start);
    double x = 0;
    if (parse_number(word, x)) return x;
    at_ = start;
    fail("a number, a quoted text, True, False, None, a list or a dictionary");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::size_t levels_left_ = most_levels_in_all;
};

}  // namespace

Value parse_literal(std::string_view text) {
  return LiteralParser(text).parse();
}

}  // namespace shakefield::job
