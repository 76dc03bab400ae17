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
  std::vector<double> xvf;  ///< distance to the volcanic front, km
};

/// All sites of a job in site-id order (the peer's order). Row i is site id i.
/// Local value; every rank holds the same one.
class SiteCollection {
 public:
  SiteCollection() = default;
  /// Longitudes and latitudes are rounded to 5 decimals. Throws Error{data} if two sites share a
  /// site key (duplicates), naming both rows.
  SiteCollection(std::vector<geo::Point> points, SiteParameters parameters,
                 std::vector<std::string> custom_ids = {});

  std::size_t size() const { return points_.size(); }
  const std::vector<geo::Point>& points() const { return points_; }
  const SiteParameters& parameters() const { return parameters_; }
  /// 8-character geohash unless the site model gives its own.
  const std::vector<std::string>& custom_ids() const { return custom_ids_; }
  /// [N] random-stream keys: mixed from lon, lat (1e-5 degrees) and depth (1 m) as integers;
  /// design.md section 4.
  const std::vector<std::uint64_t>& keys() const { return keys_; }

 private:
  std::vector<geo::Point> points_;
  SiteParameters parameters_;
  std::vector<std::string> custom_ids_;
  std::vector<std::uint64_t> keys_;
};

/// Random-stream key of one site position.
std::uint64_t site_key(const geo::Point& p);
/// Geohash of 8 characters (Niemeyer's public-domain scheme).
std::string geohash8(double lon_deg, double lat_deg);

// Serialization protocol: see shakefield/store/protocol.hpp.
std::pair<core::Array, core::Attributes> to_hdf5(const SiteCollection& sites);
SiteCollection from_hdf5(const core::Array& array, const core::Attributes& attributes,
                         std::type_identity<SiteCollection>);

}  // namespace shakefield::site
