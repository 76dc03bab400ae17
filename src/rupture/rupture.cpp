// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/rupture.hpp"

#include <cmath>

#include "azimuths.hpp"
#include "epicentral.hpp"
#include "vec3.hpp"

namespace shakefield::rupture {

void fill_r_epi(const geo::Point& epicentre, const geo::PointsView& sites, std::span<double> out) {
  const geo::Vec3 from = up(epicentre);
  for (std::size_t i = 0; i < sites.size; ++i) {
    const double scale = 1 / (core::earth_radius_km - sites.depth_km[i]);
    const double dx = scale * sites.x[i] - from.x, dy = scale * sites.y[i] - from.y,
                 dz = scale * sites.z[i] - from.z;
    const double half_chord = std::sqrt(dx * dx + dy * dy + dz * dz) / 2;
    out[i] = 2 * arc_of_sine_km(std::min(1.0, half_chord));
  }
}

void fill_azimuths(const geo::Point& middle, double strike_deg, const geo::PointsView& sites,
                   std::span<double> out) {
  const Horizon horizon(middle);
  for (std::size_t i = 0; i < sites.size; ++i) {
    const geo::Vec3 site{sites.x[i], sites.y[i], sites.z[i]};
    const double azimuth =
        core::to_degrees(std::atan2(dot(site, horizon.east), dot(site, horizon.north)));
    out[i] = std::fmod(azimuth - strike_deg + 720, 360);
  }
}

void distances(const Rupture& rupture, const geo::PointsView& sites, DistanceSet wanted,
               const DistanceColumns& out) {
  rupture.surface->distances(sites, wanted, out);
  if (contains(wanted, Distance::r_epi)) fill_r_epi(rupture.hypocentre, sites, out.r_epi);
  if (contains(wanted, Distance::r_hypo)) {
    fill_r_epi(rupture.hypocentre, sites, out.r_hypo);
    for (std::size_t i = 0; i < sites.size; ++i)
      out.r_hypo[i] = std::hypot(out.r_hypo[i], rupture.hypocentre.depth_km - sites.depth_km[i]);
  }
}

}  // namespace shakefield::rupture
