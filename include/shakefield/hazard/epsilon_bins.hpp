// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace shakefield::hazard {

/// Parts of the probability that a ground motion exceeds a level, by how many standard deviations
/// (epsilon) it lies above its mean. The total deviation is truncated at +-k as in Exceedance; z =
/// (level - mean) / sigma.
/// Usual: a ground motion of the bin [a, b] exceeds the level if its epsilon is above z (McGuire
/// 1995, BSSA 85, 1275-1284), so the parts add up to P(z).
/// Star: the whole P(z) belongs to the bin (a, b] that holds z; nothing if none does.
class EpsilonBins {
 public:
  enum class Kind { usual, star };

  /// edges: ascending, at least two; k >= 0 (below 1e-9 it is 1e-9: all but a step). Where the
  /// edges do not reach +-k, the parts do not add up to P(z).
  EpsilonBins(std::vector<double> edges, double truncation, Kind kind);
  /// `count` bins of equal width from -k to k.
  static std::vector<double> equal_edges(double truncation, std::size_t count);

  const std::vector<double>& edges() const { return edges_; }
  std::size_t size() const { return edges_.size() - 1; }
  /// P(z): 1 below -k, 0 above k.
  double exceedance(double z) const;
  /// parts[e] += factor * part of bin e; false, with nothing added, if all parts are 0. z may be
  /// infinite.
  bool add(double z, double factor, std::span<double> parts) const;

 private:
  std::vector<double> edges_;
  std::vector<double> above_;  ///< [edges] P at each edge
  double k_, tail_;            ///< upper tail of the normal at k
  Kind kind_;
};

}  // namespace shakefield::hazard
