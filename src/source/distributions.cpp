// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/distributions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>

#include "shakefield/core/error.hpp"

namespace shakefield::source {

namespace {

auto value(const NodalPlane& p) {
  return std::tuple(p.strike_deg, p.dip_deg, p.rake_deg);
}
auto value(const HypoDepth& d) {
  return std::tuple(d.depth_km, d.dip_fraction);
}

template <class T>
void check_probabilities(const std::vector<T>& list, std::string_view what) {
  constexpr double tolerance = 1e-7;
  double sum = 0;
  for (const T& item : list) {
    core::validate(item.probability > 0, core::ErrorKind::data,
                   fmt::format("{} with probability {} (it must be above 0), remove it or correct "
                               "its probability",
                               what, item.probability));
    sum += item.probability;
  }
  core::validate(
      std::abs(sum - 1) <= tolerance, core::ErrorKind::data,
      fmt::format("probabilities of the {} distribution sum to {:.9g} (allowed: 1 within {}), "
                  "correct them",
                  what, sum, tolerance));
}

template <class T>
std::vector<T> merged_list(std::vector<T> list, std::string_view what) {
  check_probabilities(list, what);
  std::vector<T> unique;
  for (const T& item : list) {
    const auto same =
        std::ranges::find_if(unique, [&](const T& other) { return value(other) == value(item); });
    if (same == unique.end())
      unique.push_back(item);
    else
      same->probability += item.probability;
  }
  if (unique.size() == list.size()) return list;
  std::ranges::sort(unique, {}, [](const T& item) {
    return std::tuple_cat(std::tuple(item.probability), value(item));
  });
  return unique;
}

}  // namespace

std::vector<NodalPlane> merged(std::vector<NodalPlane> planes) {
  return merged_list(std::move(planes), "nodal plane");
}

std::vector<HypoDepth> merged(std::vector<HypoDepth> depths) {
  return merged_list(std::move(depths), "hypocentral depth");
}

}  // namespace shakefield::source
