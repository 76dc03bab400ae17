// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "shakefield/source/fault_source.hpp"

namespace shakefield::source {

namespace {

using rupture::FaultMesh;
using rupture::MeshWindow;

/// Sums of a quantity over rectangles of cells in constant time.
class CellSums {
 public:
  template <class Quantity>
  CellSums(const FaultMesh& mesh, Quantity quantity)
      : cols_(mesh.cols()), sums_(mesh.rows() * mesh.cols()) {
    for (std::size_t row = 0; row + 1 < mesh.rows(); ++row) {
      double in_row = 0;
      for (std::size_t col = 0; col + 1 < mesh.cols(); ++col) {
        in_row += quantity(mesh.cell(row, col));
        sums_[(row + 1) * cols_ + col + 1] = at(row, col + 1) + in_row;
      }
    }
  }
  /// Over rows [row, row_end) and columns [col, col_end).
  double operator()(std::size_t row, std::size_t row_end, std::size_t col,
                    std::size_t col_end) const {
    return at(row_end, col_end) - at(row, col_end) - at(row_end, col) + at(row, col);
  }

 private:
  double at(std::size_t row, std::size_t col) const { return sums_[row * cols_ + col]; }
  std::size_t cols_;
  std::vector<double> sums_;
};

/// End (one past the last) in (begin, limit] at which a growing sum is nearest to its target, the
/// first of equals.
struct Fit {
  std::size_t end;
  bool runs_out;  ///< everything up to the limit was taken and is less than the target
};
template <class SumUpTo>
Fit nearest_fit(std::size_t begin, std::size_t limit, double target, SumUpTo sum_up_to) {
  for (std::size_t end = begin + 1;; ++end) {
    const double sum = sum_up_to(end);
    if (end == limit) return {end, sum < target};
    if (std::abs(sum_up_to(end + 1) - target) >= std::abs(sum - target)) return {end, false};
  }
}

/// All windows of about this area and length (docs/definitions/sources.md, section 3, "complex
/// fault ruptures"). Cells count here; a window has one more row and column of nodes.
std::vector<MeshWindow> float_over(const FaultMesh& mesh, const CellSums& areas,
                                   const CellSums& lengths, double area_km2, double length_km) {
  const std::size_t rows = mesh.rows() - 1, cols = mesh.cols() - 1;
  if (area_km2 >= areas(0, rows, 0, cols)) return {{0, 0, mesh.rows(), mesh.cols()}};
  std::vector<MeshWindow> windows;
  std::vector<bool> closed(cols, false);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t col = 0; col < cols; ++col) {
      if (closed[col]) continue;
      Fit along = nearest_fit(col, cols, length_km,
                              [&](std::size_t end) { return lengths(row, row + 1, col, end); });
      if (along.runs_out && col != 0) break;
      const Fit down = nearest_fit(
          row, rows, area_km2, [&](std::size_t end) { return areas(row, end, col, along.end); });
      if (down.runs_out && row > 0) closed[col] = true;
      if (down.runs_out && row == 0) {
        if (along.end == cols) return windows;
        along = nearest_fit(col, cols, area_km2,
                            [&](std::size_t end) { return areas(0, rows, col, end); });
        if (along.runs_out) return windows;
      }
      windows.push_back({row, col, down.end - row + 1, along.end - col + 1});
    }
  return windows;
}

}  // namespace

ComplexFaultSource::ComplexFaultSource(SourceInfo info, FaultProperties properties,
                                       const rupture::ComplexFaultGeometry& fault,
                                       double spacing_km)
    : FloatingSource(std::move(info), std::move(properties), rupture::SurfaceKind::complex_fault,
                     rupture::complex_fault_mesh(fault, spacing_km)) {
  const CellSums areas(mesh(), [](const FaultMesh::Cell& cell) { return cell.area_km2; });
  const CellSums lengths(mesh(), [](const FaultMesh::Cell& cell) { return cell.length_km; });
  std::vector<std::size_t> counts;
  for (const MagnitudeBin& bin : this->properties().bins) {
    const double area = this->properties().scaling.area_km2(bin.mag, this->properties().rake_deg);
    const double length = std::sqrt(area * this->properties().aspect_ratio.at(bin.mag));
    windows_.push_back(float_over(mesh(), areas, lengths, area, length));
    counts.push_back(windows_.back().size());
  }
  set_counts(counts);
}

}  // namespace shakefield::source
