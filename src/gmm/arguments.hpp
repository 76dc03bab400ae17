// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/gmm/model.hpp"

namespace shakefield::gmm {

/// The arguments of a model as its constructor reads them. Remembers which names were asked for, so
/// that the registry can tell an unknown argument from a known one without a second list.
class Arguments {
 public:
  using Values = std::map<std::string, Argument, std::less<>>;

  /// `presets` are what makes a variant; the job's own `given` values win.
  Arguments(std::string model, const Values& given, const Values& presets = {});

  /// Value of an argument, `fallback` where it is not given. Throws Error{config} on another type.
  double number(std::string_view name, double fallback) const;
  bool flag(std::string_view name, bool fallback) const;
  std::string text(std::string_view name, std::string_view fallback) const;
  /// A list of numbers; empty where it is not given.
  std::vector<double> numbers(std::string_view name) const;
  /// A table of numbers, name = {"PGA" = 0.1, "SA(0.2)" = 0.3}, by key; empty where it is not
  /// given.
  std::map<std::string, double> numbers_by_key(std::string_view name) const;
  /// The contents of a table file. Throws Error{config} where it is not given.
  const TableFile& table(std::string_view name) const;
  /// A word from a list: choice("region", {{"GLOBAL", Region::global}, …}, Region::global).
  template <class T>
  T choice(std::string_view name, std::initializer_list<std::pair<std::string_view, T>> words,
           T fallback) const;

  /// An argument that the OpenQuake engine's class of this name has and this one has not: its
  /// default there changes nothing, any other value is Error{unsupported}. Without `engine_default`
  /// there is no value that changes nothing.
  void not_offered(std::string_view name, const std::optional<Argument>& engine_default = {}) const;

  /// Throws Error{config} if an argument was given that the model never asked for.
  void require_known() const;

 private:
  const Argument* find(std::string_view name) const;
  [[noreturn]] void reject(std::string_view name, std::string_view expected) const;

  std::string model_;
  Values values_;
  mutable std::set<std::string, std::less<>> asked_, refused_;
};

template <class T>
T Arguments::choice(std::string_view name,
                    std::initializer_list<std::pair<std::string_view, T>> words, T fallback) const {
  const Argument* value = find(name);
  if (!value) return fallback;
  std::string expected;
  for (const auto& [word, meaning] : words) {
    if (const auto* given = std::get_if<std::string>(value); given && *given == word)
      return meaning;
    expected += fmt::format("{}\"{}\"", expected.empty() ? "" : ", ", word);
  }
  reject(name, "one of " + expected);
}

}  // namespace shakefield::gmm
