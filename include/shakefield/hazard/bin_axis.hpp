// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace shakefield::hazard {

/// Bins of one axis of a disaggregation, with the peer's rules (docs/definitions/hazard.md, section
/// 4.2). A value.
class BinAxis {
 public:
  /// To which bin a value on an edge belongs.
  enum class Edge { lower_bin, upper_bin };
  /// What becomes of values below the first edge and above the last one.
  struct Beyond {
    bool keeps_below = true, keeps_above = true;  ///< in the first, last bin; else they are dropped
  };

  /// edges: ascending, at least two.
  BinAxis(std::vector<double> edges, Edge edge, Beyond beyond);

  /// Bins of `width` that hold all magnitudes from least to largest, on multiples of the width; the
  /// bin of a magnitude on an edge is the lower one, in single precision, and above the last edge
  /// there is none.
  static BinAxis of_magnitudes(double least, double largest, double width);
  /// Bins of `width` from 0 to farthest_km or beyond.
  static BinAxis of_distances(double farthest_km, double width_km);
  /// `count` equal bins from centre - half_extent to centre + half_extent.
  static BinAxis of_coordinates(double centre_deg, double half_extent_deg, std::size_t count);

  const std::vector<double>& edges() const { return edges_; }
  std::size_t size() const { return edges_.size() - 1; }
  double centre(std::size_t bin) const { return (edges_[bin] + edges_[bin + 1]) / 2; }
  /// Number of the bin of a value.
  std::optional<std::size_t> find(double value) const;

 private:
  std::vector<double> edges_;
  Edge edge_;
  Beyond beyond_;
};

}  // namespace shakefield::hazard
