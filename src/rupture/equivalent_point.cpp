// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/rupture/equivalent_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "epicentral.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::rupture {
namespace {

std::size_t nearest(const std::vector<double>& values, double x) {
  const auto closer = [x](double a, double b) { return std::abs(a - x) < std::abs(b - x); };
  return static_cast<std::size_t>(std::min_element(values.begin(), values.end(), closer) -
                                  values.begin());
}

}  // namespace

EquivalentDistances::EquivalentDistances(std::vector<double> r_epi_km, std::vector<double> mags,
                                         std::vector<double> r_jb_km)
    : r_epi_km_(std::move(r_epi_km)), mags_(std::move(mags)), r_jb_km_(std::move(r_jb_km)) {
  const auto require = [](bool condition, const std::string& message) {
    core::validate(condition, core::ErrorKind::data, message);
  };
  require(
      !r_epi_km_.empty() && !mags_.empty() && r_jb_km_.size() == r_epi_km_.size() * mags_.size(),
      fmt::format("the table has {} equivalent distances for {} epicentral distances and {} "
                  "magnitudes (one for each pair is expected), correct the file",
                  r_jb_km_.size(), r_epi_km_.size(), mags_.size()));
  const auto is_distance = [](double x) { return std::isfinite(x) && x >= 0; };
  for (const std::vector<double>* values : {&r_epi_km_, &mags_, &r_jb_km_})
    for (const double x : *values)
      require(is_distance(x),
              fmt::format("the table of equivalent distances has {} (numbers of 0 and more are "
                          "expected), correct the file",
                          x));
}

std::size_t EquivalentDistances::column(double mag) const {
  return nearest(mags_, mag);
}

double EquivalentDistances::r_jb_km(double r_epi_km, std::size_t column) const {
  return r_jb_km_[nearest(r_epi_km_, r_epi_km) * mags_.size() + column];
}

EquivalentPoint::EquivalentPoint(const geo::Point& hypocentre, double mag, PlanarSurface plane,
                                 std::shared_ptr<const EquivalentDistances> table)
    : hypocentre_(hypocentre),
      plane_(std::move(plane)),
      table_(std::move(table)),
      column_(table_->column(mag)) {}

void EquivalentPoint::distances(const geo::PointsView& sites, DistanceSet wanted,
                                const DistanceColumns& out) const {
  constexpr DistanceSet from_table = Distance::r_rup | Distance::r_jb;
  plane_.distances(sites, wanted & ~from_table, out);
  if ((wanted & from_table) == 0) return;
  std::vector<double> distance_km(sites.size);
  fill_r_epi(hypocentre_, sites, distance_km);
  for (double& d : distance_km) d = table_->r_jb_km(d, column_);
  if (contains(wanted, Distance::r_jb)) std::ranges::copy(distance_km, out.r_jb.begin());
  if (contains(wanted, Distance::r_rup))
    for (std::size_t i = 0; i < sites.size; ++i)
      out.r_rup[i] = std::hypot(distance_km[i], hypocentre_.depth_km);
}

}  // namespace shakefield::rupture
