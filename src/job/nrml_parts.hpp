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
/// magScaleRel.
source::ScalingRelation read_scaling(const XmlNode& source);
/// ruptAspectRatio or aspectRatioFunction.
source::AspectRatio read_aspect_ratio(const XmlNode& source);
std::vector<source::NodalPlane> read_nodal_planes(const XmlNode& distribution);
std::vector<source::HypoDepth> read_hypo_depths(const XmlNode& distribution);

}  // namespace shakefield::job
