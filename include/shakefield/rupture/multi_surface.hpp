// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "shakefield/rupture/surface.hpp"

namespace shakefield::rupture {

class GeneralizedCoordinates;

/// A sphere around spheres: about their mean centre. At least one.
BoundingSphere sphere_around(std::span<const BoundingSphere> parts);

/// Several surfaces that break together. r_rup and r_jb are the smallest of the parts; r_x and r_y0
/// come from generalized coordinates (Spudich & Chiou 2015, doi:10.3133/ofr20151028) about the top
/// edges; strike, dip, width and depths are means weighted with the areas
/// (docs/definitions/sources.md, section 3, "multi-surface").
class MultiSurface final : public Surface {
 public:
  /// Parts of parts count by themselves. Throws Error{data} without parts.
  explicit MultiSurface(std::vector<std::shared_ptr<const Surface>> parts);
  ~MultiSurface() override;

  SurfaceKind kind() const override { return SurfaceKind::multi; }
  SurfaceParameters parameters() const override { return parameters_; }
  BoundingSphere bound() const override { return bound_; }
  /// Middle of the part that is nearest to the middle of the bounding box at the ground.
  geo::Point middle() const override { return middle_; }
  /// Throws Error{unsupported} for r_x and r_y0 if a part is gridded.
  void distances(const geo::PointsView& sites, DistanceSet wanted,
                 const DistanceColumns& out) const override;
  void nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const override;
  std::vector<geo::Point> nodes() const override;
  std::pair<std::size_t, std::size_t> shape() const override;
  std::span<const std::shared_ptr<const Surface>> parts() const override { return parts_; }
  double area_km2() const override { return area_km2_; }

 private:
  const GeneralizedCoordinates& coordinates() const;

  std::vector<std::shared_ptr<const Surface>> parts_;
  double area_km2_ = 0;
  SurfaceParameters parameters_;
  BoundingSphere bound_;
  geo::Point middle_;
  mutable std::once_flag coordinates_made_;  ///< most ruptures need none
  mutable std::unique_ptr<const GeneralizedCoordinates> coordinates_;
};

}  // namespace shakefield::rupture
