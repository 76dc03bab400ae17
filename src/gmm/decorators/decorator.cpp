// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "decorator.hpp"

#include <algorithm>
#include <ranges>

namespace shakefield::gmm {

ModelSpec model_below(const ModelSpec& spec, std::string_view prefix) {
  ModelSpec inner;
  const std::string start = std::string(prefix) + '.';
  for (const auto& [key, value] : spec.arguments) {
    if (!key.starts_with(start)) continue;
    const std::string_view rest = std::string_view(key).substr(start.size());
    const std::string_view name = rest.substr(0, rest.find('.'));
    core::validate(inner.name.empty() || inner.name == name, core::ErrorKind::config,
                   fmt::format("{} = {{…}} of {} names two models, {} and {} (one is expected), "
                               "remove one",
                               prefix, spec.name, inner.name, name));
    inner.name = name;
    if (name.size() < rest.size()) inner.arguments.emplace(rest.substr(name.size() + 1), value);
  }
  core::validate(!inner.name.empty(), core::ErrorKind::config,
                 fmt::format("{} names no model (expected for example {} = "
                             "{{BooreAtkinson2008 = {{}}}}), add it",
                             spec.name, prefix));
  return inner;
}

ModelSpec model_named(const ModelSpec& spec, std::span<const std::string_view> own) {
  const auto name = spec.arguments.find("gmpe_name");
  const auto* text =
      name == spec.arguments.end() ? nullptr : std::get_if<std::string>(&name->second);
  core::validate(text, core::ErrorKind::config,
                 fmt::format("{} names no model (expected for example gmpe_name = "
                             "\"BooreAtkinson2008\"), add it",
                             spec.name));
  ModelSpec inner{*text, spec.arguments};
  inner.arguments.erase("gmpe_name");
  std::erase_if(inner.arguments,
                [&](const auto& one) { return std::ranges::count(own, one.first) > 0; });
  return inner;
}

ModelSpec only(const ModelSpec& spec, std::span<const std::string_view> own) {
  ModelSpec kept = spec;
  std::erase_if(kept.arguments,
                [&](const auto& one) { return std::ranges::count(own, one.first) == 0; });
  return kept;
}

ModelInfo decorated(const ModelInfo& inner, std::string_view name) {
  ModelInfo info = inner;
  info.name = fmt::format("{}({})", name, inner.name);
  return info;
}

}  // namespace shakefield::gmm
