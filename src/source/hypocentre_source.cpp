// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/source/fault_source.hpp"

namespace shakefield::source {
namespace {

void check_sum(double sum, std::string_view what, const std::string& id) {
  constexpr double tolerance = 1e-7;
  core::validate(std::abs(sum - 1) <= tolerance, core::ErrorKind::data,
                 fmt::format("source \"{}\": weights of {} sum to {:.9g} (allowed: 1 within {}), "
                             "correct them",
                             id, what, sum, tolerance));
}

/// Node at a fraction of the way from the first to the last, halves to even as the peer rounds.
std::size_t node_at(double fraction, std::size_t count) {
  return static_cast<std::size_t>(std::nearbyint(fraction * static_cast<double>(count - 1)));
}

/// The depths between the top and the bottom of a rupture as places on it.
std::vector<HypocentrePlace> places_within(const std::vector<FaultHypoDepth>& depths, double top_km,
                                           double bottom_km) {
  std::vector<HypocentrePlace> places;
  double sum = 0;
  for (const FaultHypoDepth& depth : depths) {
    if (depth.depth_km < top_km || depth.depth_km > bottom_km) continue;
    const double fraction = (depth.depth_km - top_km) / (bottom_km - top_km);
    places.push_back({0.5, depth.down_dip.value_or(fraction), depth.probability});
    sum += depth.probability;
  }
  for (HypocentrePlace& place : places) place.weight /= sum;
  return places;
}

}  // namespace

HypocentreSource::HypocentreSource(SourceInfo info, std::shared_ptr<const FloatingSource> fault,
                                   const std::vector<HypocentrePlace>& places,
                                   const std::vector<double>& slip_weights)
    : Source(std::move(info)), fault_(std::move(fault)), list_of_(fault_->num_ruptures(), 0) {
  std::vector<HypocentrePlace> all;
  double places_sum = 0;
  for (const HypocentrePlace& place : places) {
    places_sum += place.weight;
    for (const double slip_weight : slip_weights)
      all.push_back({place.along_strike, place.down_dip, place.weight * slip_weight});
  }
  check_sum(places_sum, "hypoList", id());
  check_sum(std::accumulate(slip_weights.begin(), slip_weights.end(), 0.0), "slipList", id());
  for (std::size_t i = 0; i <= fault_->num_ruptures(); ++i) first_index_.push_back(i * all.size());
  lists_.push_back(std::move(all));
}

HypocentreSource::HypocentreSource(SourceInfo info, std::shared_ptr<const FloatingSource> fault,
                                   const std::vector<FaultHypoDepth>& depths)
    : Source(std::move(info)), fault_(std::move(fault)) {
  std::map<std::pair<double, double>, std::size_t> known;  // ruptures of a row are alike
  first_index_.push_back(0);
  for (std::size_t i = 0; i < fault_->num_ruptures(); ++i) {
    const rupture::SurfaceParameters p = fault_->rupture(i).surface->parameters();
    const auto [list, is_new] = known.try_emplace({p.ztor_km, p.zbot_km}, lists_.size());
    if (is_new) lists_.push_back(places_within(depths, p.ztor_km, p.zbot_km));
    list_of_.push_back(list->second);
    const std::size_t count = std::max<std::size_t>(1, lists_[list->second].size());
    first_index_.push_back(first_index_.back() + count);
  }
}

std::size_t HypocentreSource::rupture_of(std::size_t index) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(first_index_, index) -
                                  first_index_.begin()) -
         1;
}

void HypocentreSource::for_each_rate(
    std::size_t first, std::size_t last,
    const std::function<void(std::size_t, double, double)>& visit) const {
  SHAKEFIELD_EXPECT(last <= num_ruptures());
  if (first >= last) return;
  const auto visit_places = [&](std::size_t i, double mag, double rate) {
    const std::vector<HypocentrePlace>& places = lists_[list_of_[i]];
    for (std::size_t index = std::max(first, first_index_[i]);
         index < std::min(last, first_index_[i + 1]); ++index)
      visit(index, mag, places.empty() ? rate : rate * places[index - first_index_[i]].weight);
  };
  fault_->for_each_rate(rupture_of(first), rupture_of(last - 1) + 1, visit_places);
}

rupture::Rupture HypocentreSource::rupture(std::size_t index) const {
  SHAKEFIELD_EXPECT(index < num_ruptures());
  const std::size_t i = rupture_of(index);
  rupture::Rupture rupture = fault_->rupture(i);
  const std::vector<HypocentrePlace>& places = lists_[list_of_[i]];
  if (places.empty()) return rupture;
  const HypocentrePlace& place = places[index - first_index_[i]];
  const auto [rows, cols] = rupture.surface->shape();
  rupture.hypocentre =
      rupture.surface
          ->nodes()[node_at(place.down_dip, rows) * cols + node_at(place.along_strike, cols)];
  rupture.occurrence_rate *= place.weight;
  return rupture;
}

}  // namespace shakefield::source
