// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/sparse_bins.hpp"

#include <algorithm>

#include "shakefield/core/contract.hpp"

namespace shakefield::hazard {

std::span<double> SparseBins::at(std::uint64_t key) {
  const auto [found, is_new] = place_.try_emplace(key, place_.size());
  if (is_new) values_.resize(values_.size() + width_);
  return std::span(values_).subspan(found->second * width_, width_);
}

std::span<const double> SparseBins::find(std::uint64_t key) const {
  return std::span(values_).subspan(place_.at(key) * width_, width_);
}

void SparseBins::add(const SparseBins& others) {
  SHAKEFIELD_EXPECT(others.width_ == width_);
  for (const auto& [key, place] : others.place_) {
    const std::span<double> to = at(key);
    for (std::size_t v = 0; v < width_; ++v) to[v] += others.values_[place * width_ + v];
  }
}

std::vector<std::uint64_t> SparseBins::keys() const {
  std::vector<std::uint64_t> keys;
  keys.reserve(place_.size());
  for (const auto& [key, place] : place_) keys.push_back(key);
  std::ranges::sort(keys);
  return keys;
}

std::size_t SparseBins::bytes() const {
  // A node of the map holds a key, a place and a link; its bucket is one more.
  return values_.capacity() * sizeof(double) + place_.size() * 4 * sizeof(void*);
}

void SparseGroupSums::add_rupture(std::uint64_t key, std::span<const double> non_exceedance,
                                  double weight) {
  SHAKEFIELD_EXPECT(non_exceedance.size() == width_);
  const auto [found, is_new] = place_.try_emplace(key, place_.size());
  if (is_new) sums_.grow(place_.size() * width_);
  sums_.add_rupture(found->second * width_, non_exceedance, weight);
}

void SparseGroupSums::for_each(
    const std::function<void(std::uint64_t, std::span<double>)>& take) const {
  std::vector<double> rates(sums_.num_values());
  sums_.add_rates(rates);
  for (const auto& [key, place] : place_)
    take(key, std::span(rates).subspan(place * width_, width_));
}

}  // namespace shakefield::hazard
