// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/site/site_model.hpp"

namespace shakefield::job {

/// Points with parameters and the place of each one in the input.
struct PlacedSites {
  site::SiteModel model;
  std::vector<core::InputPlace> places;  ///< [N]
  std::vector<std::string> columns;      ///< header of the CSV; empty if it has none
};

/// Longitude or latitude rounded to 5 decimals, halves to even, as the peer reads sites.
double rounded_degrees(double degrees);

/// Reads a site CSV: without a header `lon,lat[,depth]`, sorted by (lon, lat, depth); with a header
/// of site parameters, in file order. `file` is what messages call it. Problems (at most 20 a file)
/// go to `problems`. Local.
PlacedSites read_site_csv(std::string_view text, const std::string& file, core::Problems& problems);

/// Sorts by (longitude, latitude, depth).
void sort_sites(PlacedSites& sites);

/// Adds a problem for each site (at most 20) that stands where another one stands, naming both
/// places.
void report_duplicates(const PlacedSites& sites, core::Problems& problems);

}  // namespace shakefield::job
