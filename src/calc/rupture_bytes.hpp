// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/geo/point.hpp"
#include "shakefield/rupture/rupture.hpp"

namespace shakefield::calc {

/// Strike, dip and width of a plane: they are its own, not those of its corners.
struct PlaneValues {
  double strike_deg = 0, dip_deg = 90, width_km = 0;
};

/// The surface of some nodes exactly as it was before Surface::nodes() gave them; `plane` serves
/// planes only. Null if such nodes make no surface of this kind, or if it has several parts. Local.
std::shared_ptr<const rupture::Surface> surface_of_nodes(rupture::SurfaceKind kind,
                                                         std::size_t rows, std::size_t cols,
                                                         std::vector<geo::Point> nodes,
                                                         const PlaneValues& plane);

/// Appends a rupture but for its tectonic region, for another rank of the same run.
void put_rupture(std::vector<std::byte>& bytes, const rupture::Rupture& rupture);
/// Takes it from the front of `bytes`: the same rupture to the last bit.
rupture::Rupture take_rupture(std::span<const std::byte>& bytes);

}  // namespace shakefield::calc
