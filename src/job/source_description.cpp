// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "source_description.hpp"

#include <utility>

#include "shakefield/source/distant_source.hpp"
#include "xml.hpp"

namespace shakefield::job {
namespace {

using source::SourceInfo;
using source::SourcePtr;

double slip_area(const SimpleFaultDescription& d) {
  return rupture::make_simple_fault_surface(d.geometry, 1)->area_km2();
}
double slip_area(const ComplexFaultDescription& d) {
  return rupture::make_complex_fault_surface(d.geometry, 2)->area_km2();
}
double slip_area(const CharacteristicDescription& d) {
  return d.surface->area_km2();
}
template <class Other>
double slip_area(const Other&) {
  throw core::Error(core::ErrorKind::data,
                    "a slip rate gives no activity without the area of a fault (simple, complex "
                    "and characteristic faults have one), give aValue");
}

template <class Content>
source::MagnitudeBins bins_of(const Content& d, double bin_width) {
  return at_place(d.mfd.place, [&] {
    if (const auto* slip = std::get_if<source::SlipRateGr>(&d.mfd.mfd))
      return source::magnitude_bins(source::with_area(*slip, slip_area(d)), bin_width);
    return source::magnitude_bins(d.mfd.mfd, bin_width);
  });
}

/// The properties with the bins that they lack.
template <class Content>
auto completed(const Content& d, double bin_width) {
  auto properties = d.properties;
  properties.bins = bins_of(d, bin_width);
  return properties;
}

SourcePtr make(const SourceInfo& info, const PointDescription& d, double bin_width) {
  return std::make_shared<source::PointSource>(info, completed(d, bin_width), d.points);
}

SourcePtr make(const SourceInfo& info, const AreaDescription& d, double bin_width) {
  return std::make_shared<source::AreaSource>(info, completed(d, bin_width), d.area,
                                              d.discretization_km);
}

SourcePtr make(const SourceInfo& info, const MultiPointDescription& d, double bin_width) {
  std::vector<source::MagnitudeBins> bins;
  at_place(d.mfd_place, [&] {
    for (std::size_t i = 0; i < d.mfds.size(); ++i)
      bins.push_back(
          source::magnitude_bins(d.mfds[i], d.bin_widths.empty() ? bin_width : d.bin_widths[i]));
  });
  return std::make_shared<source::PointSource>(info, d.properties, d.points, std::move(bins));
}

SourcePtr make(const SourceInfo& info, const SimpleFaultDescription& d, double bin_width) {
  auto fault = std::make_shared<source::SimpleFaultSource>(info, completed(d, bin_width),
                                                           d.geometry, d.spacing_km);
  const FaultHypocentres& hypocentres = d.hypocentres;
  if (!hypocentres.places.empty())
    return std::make_shared<source::HypocentreSource>(info, std::move(fault), hypocentres.places,
                                                      hypocentres.slip_weights);
  if (!hypocentres.depths.empty())
    return std::make_shared<source::HypocentreSource>(info, std::move(fault), hypocentres.depths);
  return fault;
}

SourcePtr make(const SourceInfo& info, const ComplexFaultDescription& d, double bin_width) {
  return std::make_shared<source::ComplexFaultSource>(info, completed(d, bin_width), d.geometry,
                                                      d.spacing_km);
}

SourcePtr make(const SourceInfo& info, const KiteDescription& d, double bin_width) {
  source::FaultProperties properties = completed(d, bin_width);
  const double down_km = d.spacing_km / properties.aspect_ratio.low_ratio;
  return std::make_shared<source::KiteFaultSource>(
      info, std::move(properties), rupture::kite_mesh(d.geometry, down_km, d.spacing_km), down_km,
      d.spacing_km, d.steps);
}

SourcePtr make(const SourceInfo& info, const CharacteristicDescription& d, double bin_width) {
  return std::make_shared<source::CharacteristicFaultSource>(info, bins_of(d, bin_width),
                                                             d.rake_deg, d.surface);
}

SourcePtr make(const SourceInfo&, const FixedDescription& d, double) {
  return d.source;
}

SourcePtr make(const SourceInfo& info, const DistantDescription&, double) {
  return std::make_shared<source::DistantSource>(info, source::DistantSource::Outline{});
}

}  // namespace

double slip_area_km2(const SourceDescription& description) {
  return std::visit([](const auto& content) { return slip_area(content); }, description.content);
}

SourcePtr make_source(const SourceDescription& description, double bin_width) {
  return at_place(description.place, [&] {
    return std::visit(
        [&](const auto& content) { return make(description.info, content, bin_width); },
        description.content);
  });
}

}  // namespace shakefield::job
