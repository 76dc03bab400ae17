// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shakefield/source/distributions.hpp"
#include "shakefield/source/mfd.hpp"
#include "shakefield/source/scaling.hpp"
#include "source_description.hpp"
#include "xml.hpp"

namespace shakefield::job {

// Parts of a source element. All throw Error{data} at the element that is wrong, Error{unsupported}
// for kinds not offered.

/// The one magnitude-frequency distribution that a source has.
PlacedMfd read_mfd_of(const XmlNode& source);
/// A distribution, by the name of its element.
source::Mfd read_mfd(const XmlNode& node);
/// Distributions of the points of a multiPointSource.
struct MultiMfd {
  std::vector<source::Mfd> mfds;   ///< [points]
  std::vector<double> bin_widths;  ///< [points], or empty
  core::InputPlace place;
};
/// Its multiMFD: truncated Gutenberg-Richter, incremental or arbitrary.
MultiMfd read_multi_mfd(const XmlNode& source, std::size_t points);
/// magScaleRel.
source::ScalingRelation read_scaling(const XmlNode& source);
/// ruptAspectRatio or aspectRatioFunction.
source::AspectRatio read_aspect_ratio(const XmlNode& source);
std::vector<source::NodalPlane> read_nodal_planes(const XmlNode& distribution);
std::vector<source::HypoDepth> read_hypo_depths(const XmlNode& distribution);
/// hypoList and slipList (both or none), or hypoDepthDist, of a simple fault.
FaultHypocentres read_fault_hypocentres(const XmlNode& source);
/// Law of occurrence by the attributes tom, alpha: of a source, else of its group, else Poisson.
source::TemporalModel read_temporal_model(const XmlNode& source_or_group,
                                          const source::TemporalModel& otherwise);

}  // namespace shakefield::job
