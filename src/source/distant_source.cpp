// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/distant_source.hpp"

#include <fmt/format.h>

#include "shakefield/core/error.hpp"

namespace shakefield::source {

DistantSource::Outline DistantSource::outline_of(const Source& source) {
  Outline outline{source.num_ruptures(), 1, source.max_mag(), source.bound()};
  const auto* points = dynamic_cast<const PointFamilies*>(&source);
  if (points && outline.num_ruptures > 0) outline.family_size = points->family(0).last;
  return outline;
}

PointFamilies::Family DistantSource::family(std::size_t index) const {
  const std::size_t first = index - index % outline_.family_size;
  return {{}, 0, 0, first, first + outline_.family_size};
}

void DistantSource::for_each_rate(
    std::size_t, std::size_t,
    const std::function<void(std::size_t index, double mag, double rate)>&) const {
  fail();
}
rupture::Rupture DistantSource::rupture(std::size_t) const {
  fail();
}
rupture::Rupture DistantSource::mean_rupture(std::size_t) const {
  fail();
}

void DistantSource::fail() const {
  throw core::Error(core::ErrorKind::internal,
                    fmt::format("this rank was asked for ruptures of the source '{}', which it did "
                                "not read (a fault of the program), report it",
                                id()));
}

}  // namespace shakefield::source
