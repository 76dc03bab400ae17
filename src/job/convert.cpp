// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "settings.hpp"
#include "shakefield/core/imt.hpp"

namespace shakefield::job {
namespace {

[[noreturn]] void fail(const std::string& message) {
  throw core::Error(core::ErrorKind::config, message);
}

/// Whether x is finite and lies in a range of the schema: "> 0", ">= 0", "[a, b]" or "" (all).
bool in_range(double x, std::string_view range) {
  if (!std::isfinite(x)) return false;
  double low = 0, high = 0;
  if (range.starts_with(">=")) return parse_number(range.substr(2), low) && x >= low;
  if (range.starts_with(">")) return parse_number(range.substr(1), low) && x > low;
  if (range.starts_with("[")) {
    const auto comma = range.find(',');
    return parse_number(range.substr(1, comma - 1), low) &&
           parse_number(range.substr(comma + 1, range.size() - comma - 2), high) && x >= low &&
           x <= high;
  }
  return true;
}

double to_number(const Value& value, const ParameterInfo& info) {
  double x = 0;
  if (const double* number = value.number()) {
    x = *number;
  } else if (const auto* text = value.text(); !text || !parse_number(*text, x)) {
    fail(fmt::format("{} = '{}' is no number (a number {} is expected), write for example {} = 1",
                     info.name, to_text(value), info.range, info.name));
  }
  if (!in_range(x, info.range))
    fail(fmt::format("{} = {} is out of range (allowed: {}), correct the value", info.name,
                     to_text(value),
                     info.range.empty() ? "any finite number"
                     : std::isfinite(x) ? std::string(info.range)
                                        : fmt::format("finite, {}", info.range)));
  return x;
}

double to_integer(const Value& value, const ParameterInfo& info) {
  const double x = to_number(value, info);
  constexpr double largest = 9007199254740992.0;  // 2^53: every integer up to it is a double
  if (x != std::floor(x) || std::abs(x) > largest)
    fail(fmt::format("{} = {} is no whole number (allowed: {}), correct the value", info.name,
                     to_text(value), info.range));
  return x;
}

bool to_flag(const Value& value, const ParameterInfo& info) {
  if (const bool* x = value.boolean()) return *x;
  const std::string text = lowered(trimmed(to_text(value)));
  if (text == "true" || text == "1" || text == "yes") return true;
  if (text == "false" || text == "0" || text == "no" || text.empty()) return false;
  fail(fmt::format("{} = '{}' is neither true nor false, write true or false", info.name, text));
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (true) {
    const auto first = text.find_first_not_of(separators);
    if (first == std::string_view::npos) return parts;
    const auto end = text.find_first_of(separators, first);
    parts.emplace_back(text.substr(first, end == std::string_view::npos ? end : end - first));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end);
  }
}

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view blanks_and_commas = " \t\r\n,";

/// Numbers separated by blanks or commas, brackets allowed; or a list.
Value to_numbers(const Value& value, const ParameterInfo& info) {
  Value::List numbers;
  if (const auto* list = value.list()) {
    for (const Value& item : *list) numbers.emplace_back(to_number(item, info));
  } else {
    std::string text = to_text(value);
    std::ranges::replace_if(
        text, [](char c) { return c == '[' || c == ']'; }, ' ');
    for (std::string& word : split(text, blanks_and_commas))
      numbers.emplace_back(to_number(std::move(word), info));
  }
  return numbers;
}

Value to_names(const Value& value, std::string_view separators) {
  Value::List names;
  if (const auto* list = value.list()) {
    for (const Value& item : *list) names.emplace_back(to_text(item));
  } else {
    for (std::string& word : split(to_text(value), separators)) names.emplace_back(std::move(word));
  }
  return names;
}

Value to_imts(const Value& value) {
  Value::List names;
  const Value words = to_names(value, blanks_and_commas);
  for (const Value& word : *words.list()) names.emplace_back(core::Imt::parse(*word.text()).name());
  return names;
}

/// A text that holds a literal becomes what it says; other values stay.
Value opened(const Value& value, const ParameterInfo& info) {
  const auto* text = value.text();
  if (!text) return value;
  try {
    return parse_literal(*text);
  } catch (const core::Error& e) {
    fail(fmt::format("{}: {}", info.name, e.problems().front().message));
  }
}

Value::Map to_map(const Value& value, const ParameterInfo& info) {
  const Value literal = opened(value, info);
  const auto* map = literal.map();
  if (!map)
    fail(fmt::format("{} = {} is no dictionary (one is expected), write {} = {{\"key\": value}}",
                     info.name, to_text(value), info.name));
  for (std::size_t i = 0; i < map->size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if ((*map)[i].first == (*map)[j].first)
        fail(fmt::format("{} has the key \"{}\" twice (keys are unique), remove one", info.name,
                         (*map)[i].first));
  return *map;
}

bool is_zero(const Value& value) {
  double x = 1;
  return value.number() ? *value.number() == 0
                        : value.text() && parse_number(*value.text(), x) && x == 0;
}

Value to_levels(const Value& value, const ParameterInfo& info) {
  constexpr double level_for_zero = 1e-10;  // the peer's: the logarithm of a level is needed
  Value::Map imtls;
  for (const auto& [name, raw] : to_map(value, info)) {
    Value::List levels;
    const Value list = raw.text() ? opened(raw, info) : raw;
    if (!list.list() || list.list()->empty())
      fail(fmt::format(
          "{}: the levels of {} are no list (ascending numbers are expected), write [0.01, 0.1]",
          info.name, name));
    for (const Value& item : *list.list()) {
      const bool first_is_zero = levels.empty() && is_zero(item);
      const double level = first_is_zero ? level_for_zero : to_number(item, info);
      if (!levels.empty() && level <= *levels.back().number())
        fail(fmt::format("{}: the levels of {} are not ascending ({} after {}), sort them",
                         info.name, name, level, *levels.back().number()));
      levels.emplace_back(level);
    }
    if (!imtls.empty() && imtls.front().second.list()->size() != levels.size())
      fail(fmt::format(
          "{}: {} has {} levels and {} has {} (the numbers must be equal), add or remove levels",
          info.name, imtls.front().first, imtls.front().second.list()->size(), name,
          levels.size()));
    imtls.emplace_back(core::Imt::parse(name).name(), std::move(levels));
  }
  if (imtls.empty())
    fail(fmt::format("{} is empty (it names what to compute), add an intensity measure type",
                     info.name));
  return imtls;
}

Value to_points(const Value& value, const ParameterInfo& info) {
  Value::List rows;
  if (const auto* list = value.list()) {
    rows = *list;
  } else {
    for (const std::string& point : split(to_text(value), ","))
      rows.emplace_back(to_names(point, blanks));
  }
  Value::List points;
  for (const Value& row : rows) {
    const Value numbers = to_numbers(row, info);
    const Value::List& xyz = *numbers.list();
    if (xyz.size() < 2 || xyz.size() > 3)
      fail(
          fmt::format("{}: '{}' is no point (longitude, latitude and perhaps depth are expected), "
                      "write lon lat, lon lat",
                      info.name, to_text(row)));
    if (std::abs(*xyz[0].number()) > 180 || std::abs(*xyz[1].number()) > 90)
      fail(
          fmt::format("{}: ({}, {}) is no place on the Earth (longitude is in [-180, 180], "
                      "latitude in [-90, 90]), "
                      "check the order: longitude first",
                      info.name, *xyz[0].number(), *xyz[1].number()));
    points.push_back(numbers);
  }
  return points;
}

/// Distance curve: a number, "magdist" or a list of (magnitude, km).
Value to_curve(const Value& value, const ParameterInfo& info) {
  const auto* text = value.text();
  if (text && trimmed(*text) == "magdist") return "magdist";
  const Value literal = text ? opened(value, info) : value;
  if (!literal.list()) return to_number(literal, info);
  Value::List curve;
  for (const Value& item : *literal.list()) {
    const auto* pair = item.list();
    if (!pair || pair->size() != 2)
      fail(fmt::format("{}: {} is no pair (magnitude, km), write [[5, 100], [7, 300]]", info.name,
                       to_text(item)));
    const double mag = to_number((*pair)[0], info), km = to_number((*pair)[1], info);
    if (!curve.empty() && mag <= *(*curve.back().list())[0].number())
      fail(fmt::format(
          "{}: magnitude {} is not above the one before it (they must ascend), sort the list",
          info.name, mag));
    curve.emplace_back(Value::List{mag, km});
  }
  if (curve.empty())
    fail(fmt::format("{}: the list is empty, write [[5, 100], [7, 300]]", info.name));
  return curve;
}

Value to_reach(const Value& value, const ParameterInfo& info) {
  const auto* text = value.text();
  const Value literal = text && trimmed(*text) != "magdist" ? opened(value, info) : value;
  if (!literal.map()) return to_curve(literal, info);
  Value::Map by_region;
  for (const auto& [region, curve] : to_map(literal, info))
    by_region.emplace_back(region, to_curve(curve, info));
  return by_region;
}

/// A number, or a dictionary of numbers whose keys are made normal.
Value to_number_or_map(const Value& value, const ParameterInfo& info,
                       const std::function<std::string(const std::string&)>& normal_key) {
  double x = 0;
  if (value.number() || (value.text() && parse_number(*value.text(), x)))
    return to_number(value, info);
  Value::Map map;
  for (const auto& [key, item] : to_map(value, info))
    map.emplace_back(key == "default" ? key : normal_key(key), to_number(item, info));
  return map;
}

Value to_choice(const Value& value, const ParameterInfo& info) {
  const std::string text(trimmed(to_text(value)));
  const auto allowed =
      split(info.range.substr(std::string_view("one of ").size()), blanks_and_commas);
  if (std::ranges::find(allowed, text) == allowed.end())
    fail(fmt::format("{} = '{}' is not known ({}), correct the spelling", info.name, text,
                     info.range));
  return text;
}

Value to_mode(const Value& value, const ParameterInfo& info) {
  const std::string text(trimmed(to_text(value)));
  const auto others = {"preclassical",    "conditional_spectrum", "scenario_risk",
                       "scenario_damage", "classical_risk",       "classical_damage",
                       "classical_bcr",   "event_based_risk",     "event_based_damage",
                       "ebrisk",          "multi_risk",           "post_risk"};
  if (std::ranges::find(others, text) != others.end())
    throw core::Error(core::ErrorKind::unsupported,
                      fmt::format("calculation_mode = {} is not offered ({}), use the engine that "
                                  "the job was written for",
                                  text, info.range));
  return to_choice(value, info);
}

Value to_depth(const Value& value, const ParameterInfo& info) {
  const double x = to_number(value, info);
  if (x < 0 && x != -999)
    fail(
        fmt::format("{} = {} is out of range (allowed: >= 0, or -999 for the model's own "
                    "relation), correct the value",
                    info.name, x));
  return x;
}

using Converter = Value (*)(const Value&, const ParameterInfo&);

const std::map<std::string_view, Converter>& converters() {
  static const std::map<std::string_view, Converter> all{
      {"float", [](const Value& v, const ParameterInfo& i) -> Value { return to_number(v, i); }},
      {"int", [](const Value& v, const ParameterInfo& i) -> Value { return to_integer(v, i); }},
      {"bool", [](const Value& v, const ParameterInfo& i) -> Value { return to_flag(v, i); }},
      {"depth", to_depth},
      {"text",
       [](const Value& v, const ParameterInfo&) -> Value {
         return std::string(trimmed(to_text(v)));
       }},
      {"any", [](const Value& v, const ParameterInfo&) -> Value { return v; }},
      {"choice", to_choice},
      {"mode", to_mode},
      {"floats", to_numbers},
      {"names",
       [](const Value& v, const ParameterInfo&) -> Value {
         return to_names(v, blanks_and_commas);
       }},
      {"imts", [](const Value& v, const ParameterInfo&) -> Value { return to_imts(v); }},
      {"imtls", to_levels},
      {"points", to_points},
      {"dict", [](const Value& v, const ParameterInfo& i) -> Value { return to_map(v, i); }},
      {"reach", to_reach},
      {"per_imt",
       [](const Value& v, const ParameterInfo& i) -> Value {
         return to_number_or_map(
             v, i, [](const std::string& name) { return core::Imt::parse(name).name(); });
       }},
      {"per_region",
       [](const Value& v, const ParameterInfo& i) -> Value {
         return to_number_or_map(v, i, [](const std::string& name) { return name; });
       }},
      {"file",
       [](const Value& v, const ParameterInfo&) -> Value {
         return std::string(trimmed(to_text(v)));
       }},
      {"names",
       [](const Value& v, const ParameterInfo&) -> Value {
         return to_names(v, blanks_and_commas);
       }},
      {"files", [](const Value& v, const ParameterInfo&) -> Value { return to_names(v, blanks); }}};
  return all;
}

bool is_empty(const Value& value) {
  const auto* text = value.text();
  return value.is_none() || (text && trimmed(*text).empty());
}

}  // namespace

Value typed_value(const ParameterInfo& info, const Value& raw) {
  if (is_empty(raw)) {
    if (info.type == "float" || info.type == "int" || info.name == "truncation_level" ||
        info.type == "mode")
      fail(
          fmt::format("{} is empty (a value is expected), give one or remove the line", info.name));
    if (info.type != "bool") return {};
  }
  return converters().at(info.type)(raw, info);
}

}  // namespace shakefield::job
