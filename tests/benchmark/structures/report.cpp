// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <algorithm>
#include <fstream>

namespace shakefield::structures {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string load_average() {
  std::ifstream file("/proc/loadavg");
  std::string average;
  return file >> average ? average : "unknown";
}

}  // namespace shakefield::structures
