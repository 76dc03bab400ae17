// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "shakefield/job/job.hpp"

namespace shakefield::job {

std::string parameter_report(const Job& job) {
  std::vector<GivenParameter> rows = job.given;
  std::ranges::stable_sort(rows, {}, &GivenParameter::status);
  std::size_t width = 0;
  for (const GivenParameter& row : rows) width = std::max(width, row.name.size());
  std::string report;
  constexpr std::size_t longest_value = 60;
  for (const GivenParameter& row : rows) {
    const bool cut = row.value.size() > longest_value;
    const std::string value = cut ? row.value.substr(0, longest_value) + "…" : row.value;
    const std::string status = row.value.empty() ? "empty"
                               : row.status == Status::unsupported
                                   ? "default"
                                   : std::string(to_string(row.status));
    const std::string why =
        row.status == Status::used || row.value.empty() ? "" : "  (" + row.text + ")";
    report += fmt::format("{:<8} {:<{}} = {}{}\n", status, row.name, width, value, why);
  }
  return report;
}

}  // namespace shakefield::job
