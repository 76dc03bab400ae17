// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "coefficients.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "shakefield/core/error.hpp"

namespace shakefield::gmm {
namespace {

/// "PGA, PGV, SA(0.01) to SA(10.0)": what a table holds.
std::string contents(std::span<const Label> labels) {
  ModelInfo info;
  describe_imts(info, labels);
  std::string text;
  for (const core::ImtKind kind : info.imts) {
    if (!text.empty()) text += ", ";
    if (kind != core::ImtKind::sa) {
      text += core::Imt{kind, 0}.name();
    } else {
      text += core::Imt{kind, info.period_s.low}.name();
      if (info.period_s.stated()) text += " to " + core::Imt{kind, info.period_s.high}.name();
    }
  }
  return text;
}

}  // namespace

void describe_imts(ModelInfo& info, std::span<const Label> labels) {
  info.imts.clear();
  info.period_s = {};
  for (const Label& label : labels) {
    if (std::ranges::find(info.imts, label.kind) == info.imts.end()) {
      info.imts.push_back(label.kind);
      if (label.kind == core::ImtKind::sa) info.period_s = {label.period_s, label.period_s};
    }
    if (label.kind == core::ImtKind::sa) {
      info.period_s.low = std::min(info.period_s.low, label.period_s);
      info.period_s.high = std::max(info.period_s.high, label.period_s);
    }
  }
}

namespace detail {

TablePlace find_place(std::span<const Label> labels, const core::Imt& imt, std::string_view model) {
  const std::size_t none = labels.size();
  std::size_t low = none, high = none;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == Label(imt)) return {i, i, 0.0};
    if (labels[i].kind != core::ImtKind::sa || imt.kind != core::ImtKind::sa) continue;
    const double period = labels[i].period_s;
    if (period < imt.period_s && (low == none || period > labels[low].period_s)) low = i;
    if (period > imt.period_s && (high == none || period < labels[high].period_s)) high = i;
  }
  if (low == none || high == none)
    throw core::Error(
        core::ErrorKind::config,
        fmt::format("model {} does not give {} (it gives {}), choose another model or "
                    "intensity measure type",
                    model, imt.name(), contents(labels)));
  const double from = std::log(labels[low].period_s);
  return {low, high, (std::log(imt.period_s) - from) / (std::log(labels[high].period_s) - from)};
}

}  // namespace detail
}  // namespace shakefield::gmm
