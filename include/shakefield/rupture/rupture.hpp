// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "shakefield/geo/point.hpp"
#include "shakefield/rupture/surface.hpp"

namespace shakefield::rupture {

/// An earthquake rupture: what a ground-motion model and the tables need. A value; the surface is
/// shared.
struct Rupture {
  double mag = 0;       ///< moment magnitude
  double rake_deg = 0;  ///< (-180, 180]
  geo::Point hypocentre;
  std::string tectonic_region = "*";
  double occurrence_rate = 0;  ///< 1/year; 0 for scenarios
  std::shared_ptr<const Surface> surface;
};

/// All distances of the set for one rupture, including r_hypo and r_epi. Lengths as in
/// Surface::distances.
void distances(const Rupture& rupture, const geo::PointsView& sites, DistanceSet wanted,
               const DistanceColumns& out);

}  // namespace shakefield::rupture
