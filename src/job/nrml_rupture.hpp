// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nrml_geometry.hpp"
#include "shakefield/rupture/rupture.hpp"
#include "value.hpp"

namespace shakefield::job {

/// The rupture of a scenario from a rupture model file: simple and complex fault, single plane,
/// gridded. A hypocentre off the surface moves to its middle with a warning. Throws Error{data},
/// Error{unsupported}.
rupture::Rupture read_rupture(const XmlFile& file, const MeshSpacings& spacings,
                              core::Problems& problems);

/// The rupture of a rupture_dict (lon, lat, dep, mag, rake; strike, dip, trt, msr, aspect_ratio).
/// Throws Error{config} without a place.
rupture::Rupture rupture_from_map(const Value::Map& map);

}  // namespace shakefield::job
