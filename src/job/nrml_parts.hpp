// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shakefield/source/distributions.hpp"
#include "shakefield/source/mfd.hpp"
#include "shakefield/source/scaling.hpp"
#include "xml.hpp"

namespace shakefield::job {

// Parts of a source element. All throw Error{data} at the element that is wrong, Error{unsupported}
// for kinds not offered.

/// Magnitude bins of the one distribution that a source has.
source::MagnitudeBins read_bins(const XmlNode& source, double bin_width);
/// magScaleRel.
source::ScalingRelation read_scaling(const XmlNode& source);
/// ruptAspectRatio or aspectRatioFunction.
source::AspectRatio read_aspect_ratio(const XmlNode& source);
std::vector<source::NodalPlane> read_nodal_planes(const XmlNode& distribution);
std::vector<source::HypoDepth> read_hypo_depths(const XmlNode& distribution);

}  // namespace shakefield::job
