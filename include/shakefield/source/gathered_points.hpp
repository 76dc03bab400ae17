// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "shakefield/source/point_source.hpp"

namespace shakefield::source {

/// The points of one cell of a grid: one family a magnitude, of the ruptures of all points that
/// have this magnitude. Each of these points has the same share of the magnitude's rate, as with
/// the peer (docs/definitions/hazard.md, section 1.1).
class GatheredPoints final : public PointFamilies {
 public:
  struct Member {
    std::shared_ptr<const PointSource> source;
    std::size_t point = 0;  ///< number in PointSource::points()
  };
  /// The mean rupture has the scaling relation of the first member, the rate-weighted means of
  /// place, layer and aspect ratio, and the plain means over members of angles and depth, which is
  /// moved into that layer. At least one member; all of the region and law of the first.
  explicit GatheredPoints(std::vector<Member> members);

  std::size_t num_ruptures() const override { return num_ruptures_; }
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return bound_; }
  double max_mag() const override { return mean_.max_mag(); }

  /// Its point lies at the mean depth.
  Family family(std::size_t index) const override;
  rupture::Rupture mean_rupture(std::size_t index) const override;
  bool has_means() const override { return true; }

 private:
  /// Ruptures of one member and magnitude.
  struct Part {
    std::size_t first;  ///< number of its first rupture
    std::uint32_t member, bin, family;
  };
  const Part& part_of(std::size_t index) const;
  /// Number in the member's source of the first rupture of a part.
  std::size_t first_in_source(const Part& part) const;
  /// What the member's own rate is multiplied by.
  double share(const Part& part) const;
  std::size_t first_of_family(std::size_t family) const;

  std::vector<Member> members_;
  PointSource mean_;  ///< one rupture a family
  std::vector<Part> parts_;
  std::vector<std::size_t> first_part_;  ///< [families + 1]
  std::size_t num_ruptures_ = 0;
  rupture::BoundingSphere bound_;
};

/// Gathers the points of all sources on a grid over them, with cells of about spacing_km (> 0):
/// points that are alone in their cell become sources of their own. The sources as they are if
/// fewer than two points are given or all lie on one parallel or meridian. Sources of one region
/// and law.
std::vector<SourcePtr> gather_on_grid(
    const std::vector<std::shared_ptr<const PointSource>>& sources, double spacing_km);

}  // namespace shakefield::source
