// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/gmm/table_io.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "shakefield/core/error.hpp"

namespace shakefield::gmm {
namespace {

std::vector<std::string_view> cells_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::vector<std::string_view> cells;
  for (;;) {
    const auto comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

/// Where the figures of one CSV column go.
struct Target {
  bool is_input;
  std::size_t index;
  std::vector<double> ValueTable::Result::*member;
};

Target target_of(std::string_view name, ValueTable& table, const core::InputPlace& place) {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos) {
    table.inputs.push_back({std::string(name), {}});
    return {true, table.inputs.size() - 1, nullptr};
  }
  const core::Imt imt = core::Imt::parse(name.substr(0, colon));
  const std::string_view what = name.substr(colon + 1);
  const auto member = what == "mean"    ? &ValueTable::Result::mean
                      : what == "sigma" ? &ValueTable::Result::sigma
                      : what == "tau"   ? &ValueTable::Result::tau
                                        : &ValueTable::Result::phi;
  core::validate(
      what == "phi" || member != &ValueTable::Result::phi, core::ErrorKind::data,
      fmt::format("unknown column '{}' (expected {}:mean, :sigma, :tau or :phi), rename it", name,
                  imt.name()),
      place);
  auto it = std::ranges::find(table.results, imt, &ValueTable::Result::imt);
  if (it == table.results.end()) it = table.results.insert(it, {imt, {}, {}, {}, {}});
  return {false, static_cast<std::size_t>(it - table.results.begin()), member};
}

}  // namespace

std::vector<core::Imt> ValueTable::imts() const {
  std::vector<core::Imt> list;
  for (const Result& result : results) list.push_back(result.imt);
  return list;
}

ValueTable read_value_table(std::istream& in, const std::string& source) {
  ValueTable table;
  std::string line;
  core::InputPlace place{source, 1};
  core::validate(static_cast<bool>(std::getline(in, line)), core::ErrorKind::data,
                 "the table is empty (no header line), give a file with input columns", place);
  std::vector<Target> targets;
  for (const std::string_view name : cells_of(line))
    targets.push_back(target_of(name, table, place));

  while (std::getline(in, line)) {
    ++place.line;
    if (line.empty() || line == "\r") continue;
    const auto cells = cells_of(line);
    core::validate(cells.size() == targets.size(), core::ErrorKind::data,
                   fmt::format("the row has {} cells (the header has {}), correct it", cells.size(),
                               targets.size()),
                   place);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      double x = 0;
      const auto [end, status] =
          std::from_chars(cells[i].data(), cells[i].data() + cells[i].size(), x);
      const Target& to = targets[i];
      const bool is_number = status == std::errc{} && end == cells[i].data() + cells[i].size();
      core::validate(is_number && (std::isfinite(x) || !to.is_input), core::ErrorKind::data,
                     fmt::format("'{}' is no number (input columns hold finite numbers), correct "
                                 "the cell",
                                 cells[i]),
                     place);
      (to.is_input ? table.inputs[to.index].values : table.results[to.index].*to.member)
          .push_back(x);
    }
  }
  return table;
}

void write_value_table(std::ostream& out, const ValueTable& table) {
  std::string header;
  for (const auto& column : table.inputs) header += (header.empty() ? "" : ",") + column.name;
  for (const auto& result : table.results)
    header += fmt::format(",{0}:mean,{0}:sigma,{0}:tau,{0}:phi", result.imt.name());
  out << header << '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string line;
    for (const auto& column : table.inputs)
      line += fmt::format("{}{}", line.empty() ? "" : ",", column.values[row]);
    for (const auto& r : table.results)
      line += fmt::format(",{:.7g},{:.7g},{:.7g},{:.7g}", r.mean[row], r.sigma[row], r.tau[row],
                          r.phi[row]);
    out << line << '\n';
  }
}

}  // namespace shakefield::gmm
