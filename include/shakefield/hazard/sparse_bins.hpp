// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "shakefield/hazard/source_group_sums.hpp"

namespace shakefield::hazard {

/// Sums of a few numbers for each bin that anything falls into, so that memory grows with the
/// filled bins and not with the product of the axes. A key names a bin; what it means is the
/// caller's. Keeps the order in which bins are first filled out of every result: keys() is sorted.
class SparseBins {
 public:
  /// width: numbers a bin, >= 1.
  explicit SparseBins(std::size_t width) : width_(width) {}

  std::size_t width() const { return width_; }
  std::size_t size() const { return place_.size(); }  ///< filled bins
  /// The numbers of a bin, 0 at first; valid until the next new bin.
  std::span<double> at(std::uint64_t key);
  /// The numbers of a bin that is filled.
  std::span<const double> find(std::uint64_t key) const;
  /// Adds the numbers of others, of the same width, bin by bin.
  void add(const SparseBins& others);
  /// Filled bins, ascending.
  std::vector<std::uint64_t> keys() const;
  std::size_t bytes() const;

 private:
  std::size_t width_;
  std::unordered_map<std::uint64_t, std::size_t> place_;
  std::vector<double> values_;
};

/// SourceGroupSums of the bins that anything falls into.
class SparseGroupSums {
 public:
  SparseGroupSums(GroupLaw law, std::size_t width) : width_(width), sums_(law, 0) {}

  void begin_source(double weight) { sums_.begin_source(weight); }
  /// non_exceedance: [width], of the parts of the rupture that fall into the bin.
  void add_rupture(std::uint64_t key, std::span<const double> non_exceedance, double weight);
  void end_source() { sums_.end_source(); }
  /// Calls take(key, rates [width]) for all bins, ascending.
  void for_each(const std::function<void(std::uint64_t, std::span<double>)>& take) const;

 private:
  std::size_t width_;
  std::map<std::uint64_t, std::size_t> place_;
  SourceGroupSums sums_;
};

}  // namespace shakefield::hazard
