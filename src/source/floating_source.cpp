// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/source/fault_source.hpp"

namespace shakefield::source {

FloatingSource::FloatingSource(SourceInfo info, FaultProperties properties,
                               rupture::SurfaceKind kind, geo::Mesh mesh)
    : Source(std::move(info)),
      properties_(std::move(properties)),
      kind_(kind),
      mesh_(std::make_shared<const rupture::FaultMesh>(std::move(mesh))),
      bound_(rupture::MeshSurface(mesh_, kind_).bound()) {}

void FloatingSource::set_counts(const std::vector<std::size_t>& windows_per_bin) {
  first_index_ = {0};
  for (const std::size_t count : windows_per_bin)
    first_index_.push_back(first_index_.back() + count);
}

double FloatingSource::max_mag() const {
  return std::ranges::max(properties_.bins, {}, &MagnitudeBin::mag).mag;
}

std::size_t FloatingSource::bin_of(std::size_t index) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(first_index_, index) -
                                  first_index_.begin()) -
         1;
}

double FloatingSource::rate_in(std::size_t bin) const {
  return properties_.bins[bin].rate /
         static_cast<double>(first_index_[bin + 1] - first_index_[bin]);
}

void FloatingSource::for_each_rate(
    std::size_t first, std::size_t last,
    const std::function<void(std::size_t, double, double)>& visit) const {
  SHAKEFIELD_EXPECT(last <= num_ruptures());
  for (std::size_t index = first; index < last;) {
    const std::size_t bin = bin_of(index);
    const double mag = properties_.bins[bin].mag, rate = rate_in(bin);
    for (const std::size_t end = std::min(last, first_index_[bin + 1]); index < end; ++index)
      visit(index, mag, rate);
  }
}

rupture::Rupture FloatingSource::rupture(std::size_t index) const {
  SHAKEFIELD_EXPECT(index < num_ruptures());
  const std::size_t bin = bin_of(index);
  auto surface =
      std::make_shared<rupture::MeshSurface>(mesh_, kind_, window(bin, index - first_index_[bin]));
  rupture::Rupture result;
  result.mag = properties_.bins[bin].mag;
  result.rake_deg = properties_.rake_deg;
  result.hypocentre = hypocentre(*surface);
  result.tectonic_region = tectonic_region();
  result.occurrence_rate = rate_in(bin);
  result.surface = std::move(surface);
  return result;
}

}  // namespace shakefield::source
