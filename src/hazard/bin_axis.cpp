// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/bin_axis.hpp"

#include <algorithm>
#include <cmath>

#include "shakefield/core/contract.hpp"

namespace shakefield::hazard {

BinAxis::BinAxis(std::vector<double> edges, Edge edge, Beyond beyond)
    : edges_(std::move(edges)), edge_(edge), beyond_(beyond) {
  SHAKEFIELD_EXPECT(edges_.size() >= 2 && std::ranges::is_sorted(edges_));
}

BinAxis BinAxis::of_magnitudes(double least, double largest, double width) {
  const double first = std::floor(least / width);
  double last = std::ceil(largest / width);
  if (last == first || largest >= std::round(width * last * 1000) / 1000) ++last;
  std::vector<double> edges;
  for (double n = first; n <= last; ++n) edges.push_back(width * n);
  return {std::move(edges), Edge::lower_bin, {.keeps_below = true, .keeps_above = false}};
}

BinAxis BinAxis::of_distances(double farthest_km, double width_km) {
  std::vector<double> edges;
  for (double n = 0; n <= std::max(std::ceil(farthest_km / width_km), 1.0); ++n)
    edges.push_back(width_km * n);
  return {std::move(edges), Edge::upper_bin, {}};
}

BinAxis BinAxis::of_coordinates(double centre_deg, double half_extent_deg, std::size_t count) {
  std::vector<double> edges;
  for (std::size_t i = 0; i <= count; ++i)
    edges.push_back(centre_deg - half_extent_deg +
                    static_cast<double>(i) * 2 * half_extent_deg / static_cast<double>(count));
  return {std::move(edges), Edge::upper_bin, {}};
}

std::optional<std::size_t> BinAxis::find(double value) const {
  // Edges at or below the value; of these the last one begins its bin, unless it ends there.
  const auto above = edge_ == Edge::upper_bin ? std::ranges::upper_bound(edges_, value)
                                              : std::ranges::lower_bound(edges_, value);
  if (above == edges_.begin())
    return beyond_.keeps_below ? std::optional(std::size_t{0}) : std::nullopt;
  if (above == edges_.end()) return beyond_.keeps_above ? std::optional(size() - 1) : std::nullopt;
  return static_cast<std::size_t>(above - edges_.begin()) - 1;
}

}  // namespace shakefield::hazard
