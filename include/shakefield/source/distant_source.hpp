// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/source/point_families.hpp"

namespace shakefield::source {

/// A source that no site of this rank is in reach of, so that its ruptures were left to the ranks
/// that need them: it knows how many there are, how they are counted, and where they end. Sums over
/// ruptures are cut in the same places as on the ranks that have the source.
class DistantSource final : public PointFamilies {
 public:
  struct Outline {
    std::size_t num_ruptures = 0;
    std::size_t family_size = 1;  ///< ruptures of each family; 1 where there are none
    double max_mag = 0;
    rupture::BoundingSphere bound = {};
  };
  DistantSource(SourceInfo info, const Outline& outline)
      : PointFamilies(std::move(info)), outline_(outline) {}
  /// What others need to know of a source.
  static Outline outline_of(const Source& source);

  std::size_t num_ruptures() const override { return outline_.num_ruptures; }
  rupture::BoundingSphere bound() const override { return outline_.bound; }
  double max_mag() const override { return outline_.max_mag; }
  /// Where the family begins and ends; nothing else of it.
  Family family(std::size_t index) const override;
  bool has_means() const override { return false; }

  /// These throw Error{internal}: the source was taken for one in reach.
  void for_each_rate(
      std::size_t first, std::size_t last,
      const std::function<void(std::size_t index, double mag, double rate)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::Rupture mean_rupture(std::size_t index) const override;

 private:
  [[noreturn]] void fail() const;

  Outline outline_;
};

}  // namespace shakefield::source
