// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "shakefield/source/fault_source.hpp"

namespace shakefield::source {

CharacteristicFaultSource::CharacteristicFaultSource(
    SourceInfo info, MagnitudeBins bins, double rake_deg,
    std::shared_ptr<const rupture::Surface> surface)
    : Source(std::move(info)),
      bins_(std::move(bins)),
      rake_deg_(rake_deg),
      surface_(std::move(surface)) {}

double CharacteristicFaultSource::max_mag() const {
  return std::ranges::max(bins_, {}, &MagnitudeBin::mag).mag;
}

void CharacteristicFaultSource::for_each_rate(
    std::size_t first, std::size_t last,
    const std::function<void(std::size_t, double, double)>& visit) const {
  SHAKEFIELD_EXPECT(last <= bins_.size());
  for (std::size_t i = first; i < last; ++i) visit(i, bins_[i].mag, bins_[i].rate);
}

rupture::Rupture CharacteristicFaultSource::rupture(std::size_t index) const {
  SHAKEFIELD_EXPECT(index < bins_.size());
  return {bins_[index].mag,  rake_deg_,         surface_->middle(),
          tectonic_region(), bins_[index].rate, surface_};
}

}  // namespace shakefield::source
