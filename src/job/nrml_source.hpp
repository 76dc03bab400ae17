// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "nrml_geometry.hpp"
#include "shakefield/source/source_group.hpp"
#include "source_description.hpp"

namespace shakefield::job {

/// Parameters of the job that sources need.
struct SourceOptions {
  MeshSpacings spacings;

  std::optional<double> area_discretization_km;
  bool shift_hypo = false;
};

/// Sources as a file describes them, and the groups that they stand in.
struct SourceList {
  std::vector<SourceDescription> sources;
  std::vector<source::SourceGroup> groups;
};

/// The sources of a source model file (NRML 0.4: a flat list; 0.5: groups) in file order: point,
/// area, simple, complex and characteristic faults. What is wrong or not offered goes to
/// `problems`, source by source. Local.
SourceList read_source_model(const XmlFile& file, const SourceOptions& options,
                             core::Problems& problems);

}  // namespace shakefield::job
