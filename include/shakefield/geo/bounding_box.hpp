// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "shakefield/geo/point.hpp"

namespace shakefield::geo {

/// Box of longitudes and latitudes in degrees. East is unwrapped: west <= east < west + 360, so a
/// box across the date line has an east above 180.
struct BoundingBox {
  double west_deg = 0, east_deg = 0, south_deg = 0, north_deg = 0;

  /// Smallest box of at least one point: leaves out the widest gap between neighbouring longitudes.
  /// A box never reaches over a pole. West is in [-180, 180).
  static BoundingBox of(std::span<const Point> points);

  /// Middle of the great circle from the north-west to the south-east corner (the peer's centre of
  /// projections).
  Point middle() const;
  /// The longitude as an unwrapped one in [west, west + 360).
  double unwrapped(double lon_deg) const;
};

}  // namespace shakefield::geo
