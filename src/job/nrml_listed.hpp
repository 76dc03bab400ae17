// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nrml_source.hpp"
#include "shakefield/source/source.hpp"

namespace shakefield::job {

// Sources whose ruptures a file lists: as elements, or in the HDF5 file of the same stem, in the
// group of the source's id. `investigation_time_yr`: of the source model. Both throw Error{data}.

source::SourcePtr read_non_parametric(const XmlNode& node, const source::SourceInfo& info,
                                      const SourceOptions& options, double investigation_time_yr,
                                      core::Problems& problems);
source::SourcePtr read_multi_fault(const XmlNode& node, const source::SourceInfo& info,
                                   const SourceOptions& options, double investigation_time_yr);

}  // namespace shakefield::job
