// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "shakefield/geo/point.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::site {

std::string geohash8(double lon_deg, double lat_deg) {
  constexpr std::string_view alphabet = "0123456789bcdefghjkmnpqrstuvwxyz";
  constexpr int characters = 8, bits_a_character = 5;
  const double lon = geo::normalized_lon(lon_deg);
  double west = -180, east = 180, south = -90, north = 90;
  std::string hash;
  bool halve_longitudes = true;  // bits alternate, longitude first
  for (int c = 0; c < characters; ++c) {
    unsigned code = 0;
    for (int bit = 0; bit < bits_a_character; ++bit, halve_longitudes = !halve_longitudes) {
      const double value = halve_longitudes ? lon : lat_deg;
      double& low = halve_longitudes ? west : south;
      double& high = halve_longitudes ? east : north;
      const double middle = (low + high) / 2;
      const bool upper = value >= middle;
      code = 2 * code + upper;
      (upper ? low : high) = middle;
    }
    hash += alphabet[code];
  }
  return hash;
}

}  // namespace shakefield::site
