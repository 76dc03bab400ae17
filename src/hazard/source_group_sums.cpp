// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/source_group_sums.hpp"

#include <algorithm>
#include <cmath>

#include "shakefield/core/contract.hpp"

namespace shakefield::hazard {

SourceGroupSums::SourceGroupSums(GroupLaw law, std::size_t num_values) : law_(law) {
  grow(num_values);
}

void SourceGroupSums::grow(std::size_t num_values) {
  source_.resize(num_values, law_.ruptures_exclude ? 0.0 : 1.0);
  group_.resize(num_values, law_.sources_exclude ? 0.0 : 1.0);
}

void SourceGroupSums::begin_source(double weight) {
  weight_ = weight;
  std::ranges::fill(source_, law_.ruptures_exclude ? 0.0 : 1.0);
}

void SourceGroupSums::add_rupture(std::size_t first, std::span<const double> non_exceedance,
                                  double weight) {
  SHAKEFIELD_EXPECT(first + non_exceedance.size() <= source_.size());
  double* const to = &source_[first];
  for (std::size_t v = 0; v < non_exceedance.size(); ++v) {
    if (law_.ruptures_exclude)
      to[v] += weight * (1 - non_exceedance[v]);
    else
      to[v] *= non_exceedance[v];
  }
}

void SourceGroupSums::end_source() {
  for (std::size_t v = 0; v < source_.size(); ++v) {
    const double none = law_.ruptures_exclude ? 1 - source_[v] : source_[v];
    if (law_.sources_exclude)
      group_[v] += weight_ * (1 - none);
    else
      group_[v] *= none;
  }
}

void SourceGroupSums::add_rates(std::span<double> rates) const {
  for (std::size_t v = 0; v < group_.size(); ++v) {
    const double some = law_.sources_exclude ? group_[v] : 1 - group_[v];
    rates[v] += law_.is_cluster && law_.cluster_rate > 0
                    ? law_.cluster_rate * some
                    : -std::log1p(-std::min(law_.probability * some, 1.0));
  }
}

}  // namespace shakefield::hazard
