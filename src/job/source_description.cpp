// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_description.hpp"

#include <utility>

#include "xml.hpp"

namespace shakefield::job {
namespace {

using source::SourceInfo;
using source::SourcePtr;

source::MagnitudeBins bins_of(const PlacedMfd& placed, double bin_width) {
  return at_place(placed.place, [&] { return source::magnitude_bins(placed.mfd, bin_width); });
}

/// The properties with the bins that they lack.
template <class Properties>
Properties completed(Properties properties, const PlacedMfd& mfd, double bin_width) {
  properties.bins = bins_of(mfd, bin_width);
  return properties;
}

SourcePtr make(const SourceInfo& info, const PointDescription& d, double bin_width) {
  return std::make_shared<source::PointSource>(info, completed(d.properties, d.mfd, bin_width),
                                               d.points);
}

SourcePtr make(const SourceInfo& info, const AreaDescription& d, double bin_width) {
  return std::make_shared<source::AreaSource>(info, completed(d.properties, d.mfd, bin_width),
                                              d.area, d.discretization_km);
}

SourcePtr make(const SourceInfo& info, const SimpleFaultDescription& d, double bin_width) {
  return std::make_shared<source::SimpleFaultSource>(
      info, completed(d.properties, d.mfd, bin_width), d.geometry, d.spacing_km);
}

SourcePtr make(const SourceInfo& info, const ComplexFaultDescription& d, double bin_width) {
  return std::make_shared<source::ComplexFaultSource>(
      info, completed(d.properties, d.mfd, bin_width), d.geometry, d.spacing_km);
}

SourcePtr make(const SourceInfo& info, const CharacteristicDescription& d, double bin_width) {
  return std::make_shared<source::CharacteristicFaultSource>(info, bins_of(d.mfd, bin_width),
                                                             d.rake_deg, d.surface);
}

SourcePtr make(const SourceInfo&, const FixedDescription& d, double) {
  return d.source;
}

}  // namespace

SourcePtr make_source(const SourceDescription& description, double bin_width) {
  return at_place(description.place, [&] {
    return std::visit(
        [&](const auto& content) { return make(description.info, content, bin_width); },
        description.content);
  });
}

}  // namespace shakefield::job
