// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "shakefield/job/job.hpp"

namespace shakefield::job {

namespace {

std::string_view status_of(const GivenParameter& row) {
  if (row.value.empty()) return "empty";
  return row.status == Status::unsupported && !row.is_refused ? "default" : to_string(row.status);
}

}  // namespace

std::string parameter_report(std::span<const GivenParameter> given) {
  std::vector<GivenParameter> rows(given.begin(), given.end());
  std::ranges::stable_sort(rows, {}, &GivenParameter::status);
  std::size_t width = 0, status_width = 0;
  for (const GivenParameter& row : rows) {
    width = std::max(width, row.name.size());
    status_width = std::max(status_width, status_of(row).size());
  }
  std::string report;
  constexpr std::size_t longest_value = 60;
  for (const GivenParameter& row : rows) {
    const bool cut = row.value.size() > longest_value;
    const std::string value = cut ? row.value.substr(0, longest_value) + "…" : row.value;
    const std::string why =
        row.status == Status::used || row.value.empty() ? "" : "  (" + row.text + ")";
    report += fmt::format("{:<{}} {:<{}} = {}{}\n", status_of(row), status_width, row.name, width,
                          value, why);
  }
  return report;
}

}  // namespace shakefield::job
