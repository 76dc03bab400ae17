// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/site/site_model.hpp"

#include "columns.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/geo/nearest.hpp"

namespace shakefield::site {

namespace {

geo::Point at_surface(const geo::Point& p) {
  return {p.lon_deg, p.lat_deg, 0};
}

}  // namespace

NearestParameters nearest_parameters(const SiteModel& model, std::span<const geo::Point> sites,
                                     double max_km) {
  core::validate(
      !model.points.empty(), core::ErrorKind::data,
      "the site model has no points (sites need one to take their parameters from), give "
      "a site model with rows");
  std::vector<geo::Point> surface;
  surface.reserve(model.points.size());
  for (const geo::Point& p : model.points) surface.push_back(at_surface(p));
  const geo::NearestIndex index{std::span<const geo::Point>(surface)};

  NearestParameters taken;
  taken.rows.reserve(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto match = *index.nearest(geo::to_cartesian(at_surface(sites[i])));
    taken.rows.push_back(match.index);
    if (match.distance_km > max_km) taken.too_far.push_back(i);
  }
  taken.parameters = take_rows(model.parameters, taken.rows);
  return taken;
}

SiteParameters take_rows(const SiteParameters& parameters, std::span<const std::size_t> rows) {
  SiteParameters taken;
  for_each_column([&](const char*, const char*, auto column) {
    const auto& from = parameters.*column;
    if (from.empty()) return;
    auto& to = taken.*column;
    to.reserve(rows.size());
    for (const std::size_t row : rows) to.push_back(from[row]);
  });
  return taken;
}

}  // namespace shakefield::site
