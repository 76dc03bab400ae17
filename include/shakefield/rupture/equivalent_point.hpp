// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "shakefield/rupture/planar_surface.hpp"

namespace shakefield::rupture {

/// Joyner-Boore distances that stand for those of all planes which a rupture of some magnitude may
/// have, by the distance to its epicentre: the job's reqv_hdf5 (docs/theory.md, "Equivalent
/// distances"). Immutable, thread-safe.
class EquivalentDistances {
 public:
  /// r_epi_km [D], mags [M], r_jb_km [D * M] by rows of one r_epi. Throws Error{data} unless the
  /// numbers fit together, are finite and distances are not negative.
  EquivalentDistances(std::vector<double> r_epi_km, std::vector<double> mags,
                      std::vector<double> r_jb_km);

  /// Column of the magnitude nearest to `mag`, the first of two.
  std::size_t column(double mag) const;
  /// The distance of the r_epi nearest to `r_epi_km`, the first of two; km.
  double r_jb_km(double r_epi_km, std::size_t column) const;

 private:
  std::vector<double> r_epi_km_, mags_, r_jb_km_;
};

/// A rupture that is a point, with distances from a table: r_jb by the distance to the epicentre,
/// r_rup = sqrt(r_jb^2 + depth^2). All else is that of a plane about the point.
class EquivalentPoint final : public Surface {
 public:
  EquivalentPoint(const geo::Point& hypocentre, double mag, PlanarSurface plane,
                  std::shared_ptr<const EquivalentDistances> table);

  SurfaceKind kind() const override { return plane_.kind(); }
  SurfaceParameters parameters() const override { return plane_.parameters(); }
  BoundingSphere bound() const override { return plane_.bound(); }
  geo::Point middle() const override { return hypocentre_; }
  void distances(const geo::PointsView& sites, DistanceSet wanted,
                 const DistanceColumns& out) const override;
  void nearest_points(const geo::PointsView& sites, std::span<geo::Point> out) const override {
    plane_.nearest_points(sites, out);
  }
  std::vector<geo::Point> nodes() const override { return plane_.nodes(); }
  std::pair<std::size_t, std::size_t> shape() const override { return plane_.shape(); }
  double area_km2() const override { return plane_.area_km2(); }
  std::vector<geo::Point> top_edge() const override { return plane_.top_edge(); }

 private:
  geo::Point hypocentre_;
  PlanarSurface plane_;
  std::shared_ptr<const EquivalentDistances> table_;
  std::size_t column_;
};

}  // namespace shakefield::rupture
