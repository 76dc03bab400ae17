// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace shakefield::job {

/// A value of a job: nothing, or what a Python literal or a YAML node can say. Maps keep their
/// order.
struct Value {
  using List = std::vector<Value>;
  using Map = std::vector<std::pair<std::string, Value>>;

  std::variant<std::monostate, bool, double, std::string, List, Map> data;

  Value() = default;
  Value(bool x) : data(x) {}
  Value(double x) : data(x) {}
  Value(std::string x) : data(std::move(x)) {}
  Value(const char* x) : data(std::string(x)) {}
  Value(List x) : data(std::move(x)) {}
  Value(Map x) : data(std::move(x)) {}

  bool is_none() const { return std::holds_alternative<std::monostate>(data); }
  const bool* boolean() const { return std::get_if<bool>(&data); }
  const double* number() const { return std::get_if<double>(&data); }
  const std::string* text() const { return std::get_if<std::string>(&data); }
  const List* list() const { return std::get_if<List>(&data); }
  const Map* map() const { return std::get_if<Map>(&data); }
};

/// Normal form of a value: `3`, `true`, `PGA` (quoted inside lists and maps), `[1, 2]`, `{"a": 1}`.
std::string to_text(const Value& value);

/// Reads a Python literal: numbers, True, False, None, quoted texts, lists, tuples, dictionaries
/// with text or number keys, and the calls logscale(a, b, n), linscale(a, b, n). Throws
/// Error{config} without a place.
Value parse_literal(std::string_view text);

/// The whole text as a number (also inf, nan, a leading +); false if it is none.
bool parse_number(std::string_view text, double& number);
/// Without blanks, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);
/// The words of a text, separated by white space.
std::vector<std::string> split_at_blanks(std::string_view text);
/// Lower-case copy (ASCII).
std::string lowered(std::string_view text);
/// The name nearest to `name` by edit distance; empty if there is none.
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace shakefield::job
