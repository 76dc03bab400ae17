// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/site/site_collection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "columns.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/hash.hpp"

namespace shakefield::site {

namespace {

using core::ErrorKind;

void check_position(const geo::Point& p, std::size_t row) {
  const bool on_earth = p.lon_deg >= -180 && p.lon_deg <= 360 && std::abs(p.lat_deg) <= 90 &&
                        std::isfinite(p.depth_km);  // NaN compares false
  if (!on_earth)
    throw core::Error(
        ErrorKind::data,
        fmt::format("site {} is at ({}, {}), depth {} km (longitudes are from -180 to "
                    "360, latitudes from -90 to 90), correct its position",
                    row + 1, p.lon_deg, p.lat_deg, p.depth_km));
}

void check_length(std::string_view column, std::size_t length, std::size_t sites) {
  if (length != 0 && length != sites)
    throw core::Error(ErrorKind::data,
                      fmt::format("site column '{}' has {} values for {} sites (every site needs "
                                  "one), add or drop the column",
                                  column, length, sites));
}

/// Throws if two keys are equal, naming the first row that repeats another one.
void check_duplicates(const std::vector<std::uint64_t>& keys,
                      const std::vector<geo::Point>& points) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(keys[i], i); });
  std::size_t first = keys.size(), repeat = keys.size();
  for (std::size_t i = 1; i < order.size(); ++i)
    if (keys[order[i]] == keys[order[i - 1]] && order[i] < repeat) {
      first = order[i - 1];
      repeat = order[i];
    }
  if (repeat < keys.size())
    throw core::Error(
        ErrorKind::data,
        fmt::format(
            "site {} repeats site {} at ({:.5f}, {:.5f}), depth {} km (sites that agree in 5 "
            "decimals of a degree and in depth to the metre are one site), remove one",
            repeat + 1, first + 1, points[repeat].lon_deg, points[repeat].lat_deg,
            points[repeat].depth_km));
}

}  // namespace

SiteCollection::SiteCollection(std::vector<geo::Point> points, SiteParameters parameters,
                               std::vector<std::string> custom_ids)
    : points_(std::move(points)),
      parameters_(std::move(parameters)),
      custom_ids_(std::move(custom_ids)) {
  for_each_column([&](std::string_view name, std::string_view, auto column) {
    check_length(name, (parameters_.*column).size(), size());
  });
  check_length("custom_site_id", custom_ids_.size(), size());
  keys_.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) {
    geo::Point& p = points_[i];
    check_position(p, i);
    p.lon_deg = geo::rounded_degrees(p.lon_deg);
    p.lat_deg = geo::rounded_degrees(p.lat_deg);
    keys_.push_back(site_key(p));
  }
  check_duplicates(keys_, points_);
  if (custom_ids_.empty())
    for (const geo::Point& p : points_) custom_ids_.push_back(geohash8(p.lon_deg, p.lat_deg));
}

std::uint64_t site_key(const geo::Point& p) {
  constexpr std::int64_t cells_a_degree = 100'000, full_circle = 360 * cells_a_degree;
  std::int64_t lon = std::llrint(p.lon_deg * cells_a_degree) % full_circle;
  if (lon < -full_circle / 2) lon += full_circle;
  if (lon >= full_circle / 2) lon -= full_circle;
  const std::int64_t lat = std::llrint(p.lat_deg * cells_a_degree);
  const std::int64_t depth_m = std::llrint(p.depth_km * 1000);
  const auto place = static_cast<std::uint64_t>(lon) << 32 | static_cast<std::uint32_t>(lat);
  return core::combine64(place, static_cast<std::uint64_t>(depth_m));
}

}  // namespace shakefield::site
