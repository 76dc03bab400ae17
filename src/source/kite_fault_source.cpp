// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "shakefield/core/error.hpp"
#include "shakefield/source/fault_source.hpp"

namespace shakefield::source {
namespace {

/// Cells of a rupture along strike and down dip.
struct CellCount {
  std::size_t along, down;
};

/// Whole numbers of cells whose area and aspect ratio come nearest to those wanted
/// (docs/definitions/sources.md, section 3, "kite ruptures"). None if the area is missed by more
/// than 25 %.
std::optional<CellCount> best_size(double area_km2, double aspect_ratio, double edge_spacing_km,
                                   double profile_spacing_km) {
  constexpr double largest_misfit = 0.25;
  // A whole ratio is moved on a little, as the peer does.
  if (aspect_ratio - std::floor(aspect_ratio) < 0.01) aspect_ratio += 0.05;
  const double cells = std::sqrt(area_km2 * aspect_ratio) / edge_spacing_km;
  const std::array<double, 2> lengths = {std::ceil(cells) * edge_spacing_km,
                                         std::floor(cells) * edge_spacing_km};
  std::array<double, 4> widths{};
  for (std::size_t i = 0; i < 2; ++i) {
    const double down = lengths[i] / aspect_ratio / profile_spacing_km;
    widths[2 * i] = std::ceil(down) * profile_spacing_km;
    widths[2 * i + 1] = std::floor(down) * profile_spacing_km;
  }
  double smallest = std::numeric_limits<double>::infinity(), length = 0, width = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double l = lengths[i % 2], w = widths[i];
    if (l == 0 || w == 0) continue;
    const double misfit =
        std::sqrt(std::abs(l * w - area_km2)) + std::abs(l / w - aspect_ratio) * edge_spacing_km;
    if (misfit < smallest) {
      smallest = misfit;
      length = l;
      width = w;
    }
  }
  if (std::abs(length * width - area_km2) > largest_misfit * area_km2) return std::nullopt;
  return CellCount{static_cast<std::size_t>(std::lround(length / edge_spacing_km)),
                   static_cast<std::size_t>(std::lround(width / profile_spacing_km))};
}

/// Nodes from one position to the next: the fraction of the size, less until the last position
/// reaches the end.
std::size_t step_of(double fraction, std::size_t size, std::size_t room) {
  auto step = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::floor(fraction * static_cast<double>(size))));
  while (step > 1 && room % step != 0) --step;
  return step;
}

bool is_whole(const geo::Mesh& mesh, const rupture::MeshWindow& w) {
  for (std::size_t row = w.row; row < w.row + w.rows; ++row)
    for (std::size_t col = w.col; col < w.col + w.cols; ++col)
      if (std::isnan(mesh(row, col).depth_km)) return false;
  return true;
}

/// Positions without a missing node or, if there are none, all: no magnitude loses its rate.
std::vector<rupture::MeshWindow> float_over(const geo::Mesh& mesh, const CellCount& size,
                                            const FloatingSteps& steps) {
  const std::size_t rows = std::min(size.down + 1, mesh.rows());
  const std::size_t cols = std::min(size.along + 1, mesh.cols());
  const std::size_t down = step_of(steps.down_dip, rows, mesh.rows() - rows);
  const std::size_t along = step_of(steps.along_strike, cols, mesh.cols() - cols);
  std::vector<rupture::MeshWindow> all, whole;
  for (std::size_t col = 0; col + cols <= mesh.cols(); col += along)
    for (std::size_t row = 0; row + rows <= mesh.rows(); row += down) {
      all.push_back({row, col, rows, cols});
      if (is_whole(mesh, all.back())) whole.push_back(all.back());
    }
  return whole.empty() ? all : whole;
}

}  // namespace

KiteFaultSource::KiteFaultSource(SourceInfo info, FaultProperties properties, geo::Mesh mesh,
                                 double profile_spacing_km, double edge_spacing_km,
                                 const FloatingSteps& steps)
    : FloatingSource(std::move(info), std::move(properties), rupture::SurfaceKind::kite,
                     std::move(mesh)) {
  std::vector<std::size_t> counts;
  for (const MagnitudeBin& bin : this->properties().bins) {
    const double area = this->properties().scaling.area_km2(bin.mag, this->properties().rake_deg);
    const auto size = best_size(area, this->properties().aspect_ratio.at(bin.mag), edge_spacing_km,
                                profile_spacing_km);
    core::validate(size.has_value(), core::ErrorKind::data,
                   fmt::format("source \"{}\": no number of cells comes within 25 % of the area of "
                               "{:.1f} km2 of magnitude {} at a spacing of {} km, make "
                               "rupture_mesh_spacing smaller",
                               id(), area, bin.mag, edge_spacing_km));
    windows_.push_back(float_over(this->mesh().mesh(), *size, steps));
    counts.push_back(windows_.back().size());
  }
  set_counts(counts);
}

geo::Point KiteFaultSource::hypocentre(const rupture::MeshSurface& surface) const {
  const rupture::MeshWindow& w = surface.window();
  const auto middle = [](std::size_t count) {  // halves to even, as the peer rounds
    return static_cast<std::size_t>(std::nearbyint(static_cast<double>(count) / 2));
  };
  const geo::Point& node = surface.fault().mesh()(w.row + middle(w.rows), w.col + middle(w.cols));
  return std::isnan(node.depth_km) ? surface.middle() : node;
}

}  // namespace shakefield::source
