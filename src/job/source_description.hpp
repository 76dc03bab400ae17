// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/geo/polygon.hpp"
#include "shakefield/rupture/builders.hpp"
#include "shakefield/rupture/surface.hpp"
#include "shakefield/source/fault_source.hpp"
#include "shakefield/source/mfd.hpp"
#include "shakefield/source/point_source.hpp"

namespace shakefield::job {

// What a file says of a source, before the source is made: a logic tree alters descriptions, never
// sources. A kind of source that has one of the members `mfd`, `properties`, `geometry`,
// `spacing_km`, `area` or `surface` can be altered in it without further code
// (source_changes.cpp).

/// A magnitude-frequency distribution and where it stands, for messages. The bins in `properties`
/// below stay empty until a source is made.
struct PlacedMfd {
  source::Mfd mfd;
  core::InputPlace place;
};

struct PointDescription {
  PlacedMfd mfd;
  source::PointProperties properties;
  std::vector<geo::Point> points;
};
struct AreaDescription {
  PlacedMfd mfd;
  source::PointProperties properties;
  geo::Polygon area;
  double discretization_km = 10;
};
/// Points with a distribution each (multiMFD), of bins of their own width where one is given.
struct MultiPointDescription {
  std::vector<source::Mfd> mfds;   ///< [points]
  std::vector<double> bin_widths;  ///< [points], or empty: the job's
  core::InputPlace mfd_place;
  source::PointProperties properties;
  std::vector<geo::Point> points;
};
/// Where hypocentres are on the ruptures of a fault: in the middle, at listed places, or at listed
/// depths.
struct FaultHypocentres {
  std::vector<source::HypocentrePlace> places;
  std::vector<double> slip_weights;
  std::vector<source::FaultHypoDepth> depths;
};
struct SimpleFaultDescription {
  PlacedMfd mfd;
  source::FaultProperties properties;
  rupture::SimpleFaultGeometry geometry;
  double spacing_km = 5;
  FaultHypocentres hypocentres = {};
};
struct ComplexFaultDescription {
  PlacedMfd mfd;
  source::FaultProperties properties;
  rupture::ComplexFaultGeometry geometry;
  double spacing_km = 5;
};
struct KiteDescription {
  PlacedMfd mfd;
  source::FaultProperties properties;
  rupture::KiteGeometry geometry;
  double spacing_km = 5;
  source::FloatingSteps steps = {};
};
struct CharacteristicDescription {
  PlacedMfd mfd;
  double rake_deg = 0;
  std::shared_ptr<const rupture::Surface> surface;
};
/// A source that no uncertainty can alter, as it is.
struct FixedDescription {
  source::SourcePtr source;
};

/// A source that another rank describes: of a model file, in no reach of this rank's sites.
struct DistantDescription {};

struct SourceDescription {
  source::SourceInfo info;
  core::InputPlace place;
  std::variant<PointDescription, AreaDescription, MultiPointDescription, SimpleFaultDescription,
               ComplexFaultDescription, KiteDescription, CharacteristicDescription,
               FixedDescription, DistantDescription>
      content;
  std::string kind = {};     ///< name of its element: "pointSource"
  std::uint32_t number = 0;  ///< among the sources of its file
  std::uint32_t chunk = 0;   ///< of a model file: number among the chunks of all its sources
};

/// Area of the fault for rates from slip, km2: that of a simple fault's mesh of 1 km, of a complex
/// fault's of 2 km, of a characteristic source's surface (docs/definitions/sources.md, section 4).
/// Throws Error{data} if the source is no fault.
double slip_area_km2(const SourceDescription& description);

/// The source of a description; `bin_width`: width_of_mfd_bin. Errors are at the place of the
/// distribution or of the source.
source::SourcePtr make_source(const SourceDescription& description, double bin_width);

}  // namespace shakefield::job
