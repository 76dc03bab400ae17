// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "shakefield/geo/polygon.hpp"
#include "shakefield/rupture/equivalent_point.hpp"
#include "shakefield/source/distributions.hpp"
#include "shakefield/source/mfd.hpp"
#include "shakefield/source/point_families.hpp"
#include "shakefield/source/scaling.hpp"

namespace shakefield::source {

/// What point and area sources have in common.
struct PointProperties {
  MagnitudeBins bins;  ///< of the whole source
  ScalingRelation scaling = ScalingRelation::named("WC1994");
  AspectRatio aspect_ratio;
  double upper_depth_km = 0, lower_depth_km = 0;  ///< seismogenic layer
  std::vector<NodalPlane> nodal_planes;
  std::vector<HypoDepth> hypo_depths;
  /// Distances in the place of those of planes: the ruptures of each magnitude are then one point,
  /// of the weighted means of planes and depths.
  std::shared_ptr<const rupture::EquivalentDistances> equivalent_distances = {};
  bool shift_hypo = false;  ///< the hypocentre moves with a plane that is shifted into the layer
};

/// Planar ruptures of all magnitudes, nodal planes and depths at one or several points (a point, an
/// area or a multi-point source), in the order point, magnitude, plane, depth. Every point has the
/// same share of the rates, or its own bins.
class PointSource : public PointFamilies {
 public:
  /// Throws Error{data} unless upper < lower depth, all depths lie between them, and there are
  /// points and bins.
  PointSource(const SourceInfo& info, const PointProperties& properties,
              const std::vector<geo::Point>& points);
  /// Bins of each point instead of shares of `properties.bins`. bins: [points]
  PointSource(const SourceInfo& info, PointProperties properties, std::vector<geo::Point> points,
              std::vector<MagnitudeBins> bins);

  std::size_t num_ruptures() const override;
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return bound_; }
  double max_mag() const override { return max_mag_; }

  const std::vector<geo::Point>& points() const { return points_; }

  const PointProperties& properties() const { return properties_; }
  /// Bins of one point.
  const MagnitudeBins& bins_at(std::size_t point) const {
    return bins_.size() == 1 ? bins_.front() : bins_[point];
  }
  /// Number of the first rupture of a point.
  std::size_t first_of(std::size_t point) const;
  /// No rupture goes farther from its point at the surface.
  double reach_km() const { return reach_km_; }

  /// Ruptures of a family: all nodal planes and depths of a point and magnitude, consecutive in the
  /// enumeration from a multiple of it.
  std::size_t ruptures_per_magnitude() const;
  Family family(std::size_t index) const override;
  rupture::Rupture mean_rupture(std::size_t index) const override;
  bool has_means() const override { return ruptures_per_magnitude() > 1; }

 private:
  rupture::Rupture build(const geo::Point& point, const MagnitudeBin& bin, const NodalPlane& plane,
                         const HypoDepth& depth) const;
  /// What makes one rupture.
  struct Place {
    std::size_t point, bin, plane, depth;
  };
  Place place_of(std::size_t index) const;
  void go_on(Place& place) const;
  double rate_at(const Place& place) const;

  PointProperties properties_;
  std::vector<geo::Point> points_;
  std::vector<MagnitudeBins> bins_;       ///< of one point: [points], or [1] if all are alike
  std::vector<std::size_t> first_index_;  ///< [points + 1]; empty if all are alike
  double max_mag_ = 0;
  double reach_km_ = 0;
  rupture::BoundingSphere bound_;
};

/// A point source at each point of the area's grid (geo::discretize). Throws Error{data} if no
/// point lies inside.
class AreaSource final : public PointSource {
 public:
  AreaSource(const SourceInfo& info, const PointProperties& properties, const geo::Polygon& area,
             double discretization_km);
};

}  // namespace shakefield::source
