// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "plane_fit.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "shakefield/core/units.hpp"
#include "shakefield/geo/projection.hpp"

namespace shakefield::rupture {

FittedPlane fit_plane(std::span<const geo::Point> points) {
  if (points.size() < 3) return {};
  const auto projection = geo::OrthographicProjection::about(points);
  Eigen::Matrix3Xd xyz(3, static_cast<Eigen::Index>(points.size()));
  for (std::size_t i = 0; i < points.size(); ++i) {
    const geo::PlanePoint p = projection.forward(points[i].lon_deg, points[i].lat_deg);
    xyz.col(static_cast<Eigen::Index>(i)) << p.x_km, p.y_km, -points[i].depth_km;
  }
  xyz.colwise() -= xyz.rowwise().mean().eval();
  // Eigenvalues ascend: the first vector is the direction of least scatter, the normal.
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> scatter(xyz * xyz.transpose());
  Eigen::Vector3d normal = scatter.eigenvectors().col(0);
  if (normal.z() < 0) normal = -normal;
  FittedPlane plane;
  plane.dip_deg = core::to_degrees(std::acos(std::min(1.0, normal.z())));
  // The upward normal leans towards the dip direction, which is 90 degrees right of the strike.
  const double dip_azimuth = core::to_degrees(std::atan2(normal.x(), normal.y()));
  plane.strike_deg = std::fmod(dip_azimuth - 90 + 720, 360);
  return plane;
}

}  // namespace shakefield::rupture
