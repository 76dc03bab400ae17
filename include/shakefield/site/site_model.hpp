// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "shakefield/geo/point.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::site {

/// Farthest distance at which a site takes the parameters of a site model: with a region grid of
/// this spacing (beyond: a warning), and without a grid (beyond: an error). docs/definitions, "site
/// model with a grid".
constexpr double site_model_reach_km(double region_grid_spacing_km) {
  return 1.414 * region_grid_spacing_km;
}
inline constexpr double site_model_reach_without_grid_km = 8;

/// Measured or mapped site parameters at points, in file order.
struct SiteModel {
  std::vector<geo::Point> points;
  SiteParameters parameters;            ///< columns of points.size() rows, or empty
  std::vector<std::string> custom_ids;  ///< empty if the file gives none
};

/// Parameters that sites take from a site model.
struct NearestParameters {
  SiteParameters parameters;         ///< [N], the columns of the model
  std::vector<std::size_t> rows;     ///< [N] row of the model that each site took
  std::vector<std::size_t> too_far;  ///< sites whose row is farther than the limit, ascending
};

/// Parameters of the nearest point of the model for each site, however far; depths are ignored,
/// distances are chords. The caller warns of or rejects the sites that are `too_far`. Throws
/// Error{data} if the model is empty.
NearestParameters nearest_parameters(const SiteModel& model, std::span<const geo::Point> sites,
                                     double max_km);

/// The rows of every column that is not empty, in the order given.
SiteParameters take_rows(const SiteParameters& parameters, std::span<const std::size_t> rows);

}  // namespace shakefield::site
