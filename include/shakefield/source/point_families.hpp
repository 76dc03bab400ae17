// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "shakefield/geo/point.hpp"
#include "shakefield/source/source.hpp"

namespace shakefield::source {

/// A source whose ruptures come in families: consecutive ruptures of one magnitude about one point,
/// in whose place one rupture of their means may stand far away.
class PointFamilies : public Source {
 public:
  struct Family {
    geo::Point point;  ///< from which distances to the family are measured
    double mag = 0;
    double radius_km = 0;             ///< half the diagonal of the last plane's projection
    std::size_t first = 0, last = 0;  ///< its ruptures [first, last)
  };
  /// The family that holds rupture `index`.
  virtual Family family(std::size_t index) const = 0;
  /// One rupture in place of the family that holds `index`, with its whole rate: the weighted
  /// arithmetic means of strike, dip, rake and depth, as the peer takes them
  /// (docs/definitions/hazard.md, section 1.1).
  virtual rupture::Rupture mean_rupture(std::size_t index) const = 0;
  /// Whether the mean rupture is another one than those of the family.
  virtual bool has_means() const = 0;

 protected:
  using Source::Source;
};

}  // namespace shakefield::source
