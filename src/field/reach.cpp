// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/reach.hpp"

#include <algorithm>

namespace shakefield::field {
namespace {

/// Linear between the points of the curve, 0 outside.
double interpolate(const Reach::Curve& curve, double mag) {
  if (curve.empty() || mag < curve.front().first || mag > curve.back().first) return 0;
  const auto above = std::lower_bound(curve.begin(), curve.end(), mag,
                                      [](const auto& point, double m) { return point.first < m; });
  if (above->first == mag) return above->second;
  const auto& [mag1, km1] = *above;
  const auto& [mag0, km0] = *(above - 1);
  return km0 + (km1 - km0) * (mag - mag0) / (mag1 - mag0);
}

double largest_of(const Reach::Curve& curve) {
  double largest = 0;
  for (const auto& [mag, km] : curve) largest = std::max(largest, km);
  return largest;
}

}  // namespace

Reach::Reach(double km) : fallback_(constant(km)) {}

Reach::Reach(Curve fallback, std::map<std::string, Curve> by_region)
    : fallback_(std::move(fallback)), by_region_(std::move(by_region)) {}

Reach::Curve Reach::magdist() {
  return {{3, 0}, {6, 150}, {10, 600}};
}

Reach::Curve Reach::constant(double km) {
  return {{2.5, km}, {10.2, km}};
}

double Reach::km(const std::string& tectonic_region, double mag) const {
  const auto own = by_region_.find(tectonic_region);
  return interpolate(own == by_region_.end() ? fallback_ : own->second, mag);
}

double Reach::largest() const {
  double largest = largest_of(fallback_);
  for (const auto& [region, curve] : by_region_) largest = std::max(largest, largest_of(curve));
  return largest;
}

}  // namespace shakefield::field
