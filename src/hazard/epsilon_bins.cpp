// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/epsilon_bins.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "shakefield/core/contract.hpp"

namespace shakefield::hazard {
namespace {

constexpr double least_truncation = 1e-9;
/// Below, a truncated normal is uniform to 1e-11, and differences of tails have lost their digits.
constexpr double uniform_truncation = 1e-5;

double upper_tail(double z) {
  return std::erfc(z / std::numbers::sqrt2) / 2;
}

}  // namespace

EpsilonBins::EpsilonBins(std::vector<double> edges, double truncation, Kind kind)
    : edges_(std::move(edges)),
      k_(std::max(truncation, least_truncation)),
      tail_(upper_tail(k_)),
      kind_(kind) {
  SHAKEFIELD_EXPECT(edges_.size() >= 2 && std::ranges::is_sorted(edges_));
  for (const double edge : edges_) above_.push_back(exceedance(edge));
}

std::vector<double> EpsilonBins::equal_edges(double truncation, std::size_t count) {
  const double k = std::max(truncation, least_truncation);
  std::vector<double> edges;
  for (std::size_t e = 0; e <= count; ++e)
    edges.push_back(-k + 2 * k * static_cast<double>(e) / static_cast<double>(count));
  return edges;
}

double EpsilonBins::exceedance(double z) const {
  if (z <= -k_) return 1;
  if (z >= k_) return 0;
  if (k_ < uniform_truncation) return (k_ - z) / (2 * k_);
  return std::clamp((upper_tail(z) - tail_) / (1 - 2 * tail_), 0.0, 1.0);
}

bool EpsilonBins::add(double z, double factor, std::span<double> parts) const {
  SHAKEFIELD_EXPECT(parts.size() >= size());
  if (z >= edges_.back() || z >= k_) return false;
  // The bin that holds z: (a, b]; bins above it count whole.
  const auto at = std::ranges::lower_bound(edges_, z) - edges_.begin();
  if (kind_ == Kind::star) {
    if (at == 0) return false;
    parts[static_cast<std::size_t>(at) - 1] += factor * exceedance(z);
    return true;
  }
  auto e = static_cast<std::size_t>(at);
  if (e > 0) parts[e - 1] += factor * std::max(exceedance(z) - above_[e], 0.0);
  for (; e < size(); ++e) parts[e] += factor * (above_[e] - above_[e + 1]);
  return true;
}

}  // namespace shakefield::hazard
