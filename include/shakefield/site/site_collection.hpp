// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "shakefield/core/array.hpp"
#include "shakefield/geo/point.hpp"

namespace shakefield::site {

/// Site parameters that models may ask for, as columns of a SiteCollection.
/// An empty column means that the job gives none.
struct SiteParameters {
  std::vector<double> vs30;  ///< time-averaged shear-wave velocity of the upper 30 m, m/s
  std::vector<std::uint8_t> vs30measured;  ///< 1 measured, 0 inferred
  std::vector<double> z1pt0;  ///< depth to 1.0 km/s, m; -999 = the model's own relation
  std::vector<double> z2pt5;  ///< depth to 2.5 km/s, km; -999 = the model's own relation
  std::vector<std::uint8_t> backarc;
  std::vector<double> xvf;     ///< distance to the volcanic front, km
  std::vector<double> region;  ///< of attenuation, as the model counts them; 0 none
};

/// All sites of a job in site-id order (the peer's order). Row i is site id i.
/// Local value; every rank holds the same one.
class SiteCollection {
 public:
  SiteCollection() = default;
  /// Longitudes and latitudes are rounded to 5 decimals, halves to even. Throws Error{data} if a
  /// position is not on the Earth, a column is neither empty nor of N values, or two sites share a
  /// site key (duplicates), naming both rows counted from 1.
  SiteCollection(std::vector<geo::Point> points, SiteParameters parameters,
                 std::vector<std::string> custom_ids = {});

  std::size_t size() const { return points_.size(); }
  const std::vector<geo::Point>& points() const { return points_; }
  const SiteParameters& parameters() const { return parameters_; }
  /// 8-character geohash unless the site model gives its own.
  const std::vector<std::string>& custom_ids() const { return custom_ids_; }
  /// [N] random-stream keys: site_key of each site.
  const std::vector<std::uint64_t>& keys() const { return keys_; }

 private:
  std::vector<geo::Point> points_;
  SiteParameters parameters_;
  std::vector<std::string> custom_ids_;
  std::vector<std::uint64_t> keys_;
};

/// Random-stream key of one site position (docs/theory.md): combine64(i << 32 | j, k), where
/// i = longitude in units of 1e-5 degrees brought into [-18000000, 18000000), j = latitude in the
/// same units as 32 bits in two's complement, k = depth in m as 64 bits, all rounded to the nearest
/// integer, halves to even. Sites at one depth never collide.
std::uint64_t site_key(const geo::Point& p);
/// Geohash of 8 characters (Niemeyer's public-domain scheme): 40 bits, longitude first, cells of 38
/// m x 19 m.
std::string geohash8(double lon_deg, double lat_deg);

// Serialization protocol: see shakefield/store/protocol.hpp. One row a site: lon, lat (degrees),
// depth (km), the site parameters that are given, key, custom_site_id (as long as the longest).
std::pair<core::Array, core::Attributes> to_hdf5(const SiteCollection& sites);
SiteCollection from_hdf5(const core::Array& array, const core::Attributes& attributes,
                         std::type_identity<SiteCollection>);

}  // namespace shakefield::site
