// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/gmm/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "model_base.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::gmm {

#define MODEL(folder, file) Entries file();
#include "models.def"
#undef MODEL
#define DECORATOR(file) Entries file();
#include "decorators/decorators.def"
#undef DECORATOR

namespace {

Entries sorted(Entries entries) {
  std::ranges::sort(entries, {}, [](const Entry& e) -> const std::string& { return e.info.name; });
  return entries;
}

/// Models alone.
const std::vector<Entry>& registry() {
  static const std::vector<Entry> entries = [] {
    std::vector<Entry> all;
#define MODEL(folder, file) \
  for (Entry & one : file()) all.push_back(std::move(one));
#include "models.def"
#undef MODEL
    return sorted(std::move(all));
  }();
  return entries;
}

const std::vector<Entry>& decorators() {
  static const std::vector<Entry> entries = [] {
    std::vector<Entry> all;
#define DECORATOR(file) \
  for (Entry & one : file()) all.push_back(std::move(one));
#include "decorators/decorators.def"
#undef DECORATOR
    return sorted(std::move(all));
  }();
  return entries;
}

/// Levenshtein's distance: single-letter insertions, deletions and changes from a to b.
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

const Entry& find(std::string_view name) {
  const auto& all = registry();
  const auto name_of = [](const Entry& e) -> std::string_view { return e.info.name; };
  for (const auto* entries : {&all, &decorators()}) {
    const auto it = std::ranges::lower_bound(*entries, name, {}, name_of);
    if (it != entries->end() && it->info.name == name) return *it;
  }
  const auto nearest = std::ranges::min_element(
      all, {}, [&](const Entry& e) { return edit_distance(e.info.name, name); });
  throw core::Error(
      core::ErrorKind::unsupported,
      fmt::format("ground-motion model '{}' is not available (nearest name: {}), see the list of "
                  "`shakefield gmm list`",
                  name, nearest == all.end() ? "none" : nearest->info.name));
}

}  // namespace

std::unique_ptr<const GroundMotionModel> make_model(const ModelSpec& spec,
                                                    std::span<const core::Imt> imts) {
  return find(spec.name).make(spec, imts);
}

std::vector<ModelInfo> list_models() {
  std::vector<ModelInfo> infos;
  for (const Entry& entry : registry()) infos.push_back(entry.info);
  return infos;
}

std::vector<ModelInfo> list_decorators() {
  std::vector<ModelInfo> infos;
  for (const Entry& entry : decorators()) infos.push_back(entry.info);
  return infos;
}

}  // namespace shakefield::gmm
