// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include "spec_text.hpp"

namespace shakefield::gmm {

Arguments::Arguments(std::string model, const Values& given, const Values& presets)
    : model_(std::move(model)), values_(given) {
  values_.insert(presets.begin(), presets.end());
}

const Argument* Arguments::find(std::string_view name) const {
  asked_.emplace(name);
  const auto it = values_.find(name);
  return it == values_.end() ? nullptr : &it->second;
}

double Arguments::number(std::string_view name, double fallback) const {
  const Argument* value = find(name);
  if (!value) return fallback;
  if (const auto* number = std::get_if<double>(value)) return *number;
  reject(name, "a number");
}

bool Arguments::flag(std::string_view name, bool fallback) const {
  const Argument* value = find(name);
  if (!value) return fallback;
  if (const auto* flag = std::get_if<bool>(value)) return *flag;
  reject(name, "true or false");
}

std::string Arguments::text(std::string_view name, std::string_view fallback) const {
  const Argument* value = find(name);
  if (!value) return std::string(fallback);
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  reject(name, "a text in quotes");
}

std::vector<double> Arguments::numbers(std::string_view name) const {
  const Argument* value = find(name);
  if (!value) return {};
  if (const auto* list = std::get_if<std::vector<double>>(value)) return *list;
  reject(name, "a list of numbers");
}

const TableFile& Arguments::table(std::string_view name) const {
  const Argument* value = find(name);
  core::validate(
      value, core::ErrorKind::config,
      fmt::format("{} has no {} (the path of a table file is expected), add it", model_, name));
  if (const auto* file = std::get_if<std::shared_ptr<const TableFile>>(value)) return **file;
  reject(name, "the path of a table file that was read");
}

void Arguments::require_known() const {
  for (const auto& [name, value] : values_) {
    if (asked_.contains(name)) continue;
    std::string known;
    for (const std::string& one : asked_) known += (known.empty() ? "" : ", ") + one;
    throw core::Error(
        core::ErrorKind::config,
        fmt::format("unknown argument '{}' of model {} (known: {}), check the spelling", name,
                    model_, known.empty() ? "none" : known));
  }
}

void Arguments::reject(std::string_view name, std::string_view expected) const {
  throw core::Error(
      core::ErrorKind::config,
      fmt::format("argument {} = {} of model {} is not possible (expected {}), change its value",
                  name, argument_text(values_.find(name)->second), model_, expected));
}

}  // namespace shakefield::gmm
