// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace shakefield::source {

enum class Interdependence : std::uint8_t { independent, mutually_exclusive };

/// Consecutive sources of a model and how they depend on each other. In one investigation time T,
/// with pne_r = probability that rupture r exceeds nothing in T (non_exceedance):
/// - a source exceeds nothing with the product of its pne_r or, if its ruptures exclude each other,
///   1 - sum of weight_r (1 - pne_r), weights from Source::rupture_weights();
/// - a group exceeds nothing with the product over its sources or, if sources exclude each other,
///   1 - sum of source_weights_i (1 - pne_i); 1 - pne is then multiplied by `probability`;
/// - a cluster: the same with pne_r = 1 - poe_r gives pne_1 of one occurrence of the whole group;
///   then exp(-cluster_rate T (1 - pne_1)) or, without a rate, 1 - probability (1 - pne_1).
struct SourceGroup {
  std::size_t first = 0, last = 0;  ///< sources [first, last) of the model
  Interdependence sources = Interdependence::independent;
  Interdependence ruptures = Interdependence::independent;
  std::vector<double> source_weights = {};  ///< [last - first], sum 1; empty unless sources exclude
  double probability = 1;                   ///< that anything of the group happens in T
  bool is_cluster = false;                  ///< all its sources break together
  std::optional<double> cluster_rate =
      {};  ///< occurrences of the cluster, 1/year; none: `probability`

  /// Whether each rupture may be treated by itself.
  bool is_plain() const {
    return sources == Interdependence::independent && ruptures == Interdependence::independent &&
           probability == 1 && !is_cluster;
  }
};

/// The place of a source in its group.
struct GroupMember {
  const SourceGroup* group = nullptr;
  std::size_t number = 0;  ///< of the source in its group
  std::uint64_t key = 0;   ///< of the group's random streams, the same for all its sources
};

}  // namespace shakefield::source
