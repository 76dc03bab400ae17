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

std::map<std::string, double> Arguments::numbers_by_key(std::string_view name) const {
  const std::string prefix = std::string(name) + '.';
  asked_.emplace(name);
  std::map<std::string, double> found;
  for (auto it = values_.lower_bound(prefix); it != values_.end() && it->first.starts_with(prefix);
       ++it)
    found.emplace(it->first.substr(prefix.size()), number(it->first, 0));
  return found;
}

const TableFile& Arguments::table(std::string_view name) const {
  const Argument* value = find(name);
  core::validate(
      value, core::ErrorKind::config,
      fmt::format("{} has no {} (the path of a table file is expected), add it", model_, name));
  if (const auto* file = std::get_if<std::shared_ptr<const TableFile>>(value)) return **file;
  reject(name, "the path of a table file that was read");
}

void Arguments::not_offered(std::string_view name,
                            const std::optional<Argument>& engine_default) const {
  refused_.emplace(name);
  const auto it = values_.find(name);
  if (it == values_.end() || it->second == engine_default) return;
  const std::string advice =
      engine_default ? fmt::format("leave it out or at {}", argument_text(*engine_default))
                     : std::string("leave it out");
  throw core::Error(
      core::ErrorKind::unsupported,
      fmt::format("argument {} = {} of model {} is not offered (the model is computed without), {}",
                  name, argument_text(it->second), model_, advice));
}

void Arguments::require_known() const {
  for (const auto& [name, value] : values_) {
    if (asked_.contains(name) || refused_.contains(name)) continue;
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
