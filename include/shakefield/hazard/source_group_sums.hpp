// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace shakefield::hazard {

/// How the sources of a group, and the ruptures of a source, depend on each other.
struct GroupLaw {
  bool sources_exclude = false;   ///< of the sources at most one happens
  bool ruptures_exclude = false;  ///< of the ruptures of a source at most one happens
  double probability = 1;         ///< that anything of the group happens
  bool is_cluster = false;        ///< all ruptures happen together
  double cluster_rate = 0;        ///< occurrences of the cluster in the time; 0: `probability`
};

/// Rates of a group whose ruptures cannot be added one by one: columns of values (levels of
/// measures at sites), each treated alike. With f_r the probability that rupture r does not exceed
/// the level in the time:
/// source: prod f_r, or 1 - sum w_r (1 - f_r) if ruptures exclude each other;
/// group: prod over sources, or 1 - sum w_s (1 - F_s) if sources do;
/// probability q: 1 - q (1 - F). Cluster (f_r = 1 - P_r, the ruptures' own rates do not count): F =
/// prod f_r, then exp(-nu (1 - F)) for a rate nu, else with q. The rate is -ln F.
class SourceGroupSums {
 public:
  SourceGroupSums(GroupLaw law, std::size_t num_values);
  /// More values, none of which was exceeded so far.
  void grow(std::size_t num_values);
  std::size_t num_values() const { return group_.size(); }

  /// Begins a source; `weight` counts if sources exclude each other.
  void begin_source(double weight = 1);
  /// f_r of values [first, first + size); all other values are not exceeded. `weight` counts if
  /// ruptures exclude each other.
  void add_rupture(std::size_t first, std::span<const double> non_exceedance, double weight = 1);
  void end_source();
  /// rates[v] += rate of the group. Infinite where a level is exceeded for certain.
  void add_rates(std::span<double> rates) const;

 private:
  GroupLaw law_;
  double weight_ = 1;
  std::vector<double> source_;  ///< prod f_r, or sum w_r (1 - f_r)
  std::vector<double> group_;   ///< prod F_s, or sum w_s (1 - F_s)
};

}  // namespace shakefield::hazard
