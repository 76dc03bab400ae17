// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shakefield/geo/polygon.hpp"
#include "shakefield/source/distributions.hpp"
#include "shakefield/source/mfd.hpp"
#include "shakefield/source/scaling.hpp"
#include "shakefield/source/source.hpp"

namespace shakefield::source {

/// What point and area sources have in common.
struct PointProperties {
  MagnitudeBins bins;  ///< of the whole source
  ScalingRelation scaling = ScalingRelation::named("WC1994");
  AspectRatio aspect_ratio;
  double upper_depth_km = 0, lower_depth_km = 0;  ///< seismogenic layer
  std::vector<NodalPlane> nodal_planes;
  std::vector<HypoDepth> hypo_depths;
  bool shift_hypo = false;  ///< the hypocentre moves with a plane that is shifted into the layer
};

/// Planar ruptures of all magnitudes, nodal planes and depths at one or several points (a point or
/// an area source), in the order point, magnitude, plane, depth. Every point has the same share of
/// the rates.
class PointSource : public Source {
 public:
  /// Throws Error{data} unless upper < lower depth, all depths lie between them, and there are
  /// points and bins.
  PointSource(SourceInfo info, PointProperties properties, std::vector<geo::Point> points);

  std::size_t num_ruptures() const override;
  void for_each_rate(std::size_t first, std::size_t last,
                     const std::function<void(std::size_t, double, double)>& visit) const override;
  rupture::Rupture rupture(std::size_t index) const override;
  rupture::BoundingSphere bound() const override { return bound_; }
  double max_mag() const override;

  const std::vector<geo::Point>& points() const { return points_; }

 private:
  PointProperties properties_;
  std::vector<geo::Point> points_;
  MagnitudeBins rates_;  ///< of the ruptures of one point, [bins * planes * depths]
  rupture::BoundingSphere bound_;
};

/// A point source at each point of the area's grid (geo::discretize). Throws Error{data} if no
/// point lies inside.
class AreaSource final : public PointSource {
 public:
  AreaSource(SourceInfo info, PointProperties properties, const geo::Polygon& area,
             double discretization_km);
};

}  // namespace shakefield::source
