// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "shakefield/core/error.hpp"
#include "shakefield/source/fault_source.hpp"

namespace shakefield::source {

namespace {

std::size_t nodes_along(double km, double spacing_km, std::size_t most) {
  return std::min(most, static_cast<std::size_t>(std::floor(km / spacing_km + 0.5)) + 1);
}

}  // namespace

SimpleFaultSource::SimpleFaultSource(SourceInfo info, FaultProperties properties,
                                     const rupture::SimpleFaultGeometry& fault, double spacing_km)
    : FloatingSource(std::move(info), std::move(properties), rupture::SurfaceKind::simple_fault,
                     rupture::simple_fault_mesh(fault, spacing_km)) {
  const double fault_length = static_cast<double>(mesh().cols() - 1) * spacing_km;
  const double fault_width = static_cast<double>(mesh().rows() - 1) * spacing_km;
  std::vector<std::size_t> counts;
  for (const MagnitudeBin& bin : this->properties().bins) {
    const double area = this->properties().scaling.area_km2(bin.mag, this->properties().rake_deg);
    double length = std::sqrt(area * this->properties().aspect_ratio.at(bin.mag));
    double width = area / length;
    // What does not fit in one direction grows in the other, as far as the fault goes.
    if (width > fault_width) {
      width = fault_width;
      length = std::min(area / width, fault_length);
    } else if (length > fault_length) {
      length = fault_length;
      width = std::min(area / length, fault_width);
    }
    const Size size{nodes_along(width, spacing_km, mesh().rows()),
                    nodes_along(length, spacing_km, mesh().cols())};
    core::validate(
        size.rows > 1 && size.cols > 1, core::ErrorKind::data,
        fmt::format("source \"{}\": ruptures of magnitude {} have {} x {} nodes (at least 2 x "
                    "2 are needed), make rupture_mesh_spacing smaller than {} km",
                    id(), bin.mag, size.rows, size.cols, spacing_km));
    sizes_.push_back(size);
    counts.push_back((mesh().rows() - size.rows + 1) * (mesh().cols() - size.cols + 1));
  }
  set_counts(counts);
}

rupture::MeshWindow SimpleFaultSource::window(std::size_t bin, std::size_t k) const {
  const auto [rows, cols] = sizes_[bin];
  const std::size_t places_along = mesh().cols() - cols + 1;
  return {k / places_along, k % places_along, rows, cols};
}

}  // namespace shakefield::source
