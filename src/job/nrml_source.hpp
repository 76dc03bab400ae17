// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "nrml_geometry.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/source/source_group.hpp"
#include "source_description.hpp"
#include "stored_sources.hpp"

namespace shakefield::job {

/// Sections of faults by their ids.
using SectionMap = std::map<std::string, std::shared_ptr<const rupture::Surface>>;

/// Which sources a job takes (source_id, source_nodes); without anything named: all.
struct SourceSelection {
  std::vector<std::string> id_prefixes = {};
  std::vector<std::string> kinds = {};  ///< names of elements: "areaSource"

  bool takes_all() const { return id_prefixes.empty() && kinds.empty(); }
  bool takes(const std::string& id, const std::string& kind) const;
};

/// Parameters of the job, and other files, that sources need.
struct SourceOptions {
  MeshSpacings spacings;

  std::optional<double> area_discretization_km;
  bool shift_hypo = false;
  source::FloatingSteps kite_steps = {};         ///< floating_x_step, floating_y_step
  bool infer_occur_rates = false;                ///< multi-fault sources
  std::set<std::string> discarded_regions = {};  ///< discard_trts
  SourceSelection selection = {};
  /// reqv_hdf5: by tectonic region, for point-like sources except these (reqv_ignore_sources).
  std::map<std::string, std::shared_ptr<const rupture::EquivalentDistances>> equivalent_distances =
      {};
  std::set<std::string> keep_planes = {};
  std::optional<double> investigation_time_yr = {};  ///< that source models must agree with
  /// Sections of the files beside this one; none: multi-fault sources cannot be read.
  std::shared_ptr<const SectionMap> sections = nullptr;
  InputFiles* files = nullptr;            ///< for the HDF5 files that go with source models
  const StoredSources* stored = nullptr;  ///< where a model file has the sources apart
};

/// Sources as a file describes them, and the groups that they stand in.
struct SourceList {
  std::vector<SourceDescription> sources;
  std::vector<source::SourceGroup> groups;
};

/// The sources of a source model file (NRML 0.4: a flat list; 0.5: groups) in file order; of stored
/// ones that are not wanted only what names them. A file of sections has none. What is wrong or not
/// offered goes to `problems`, source by source. Local.
SourceList read_source_model(const XmlFile& file, const SourceOptions& options,
                             core::Problems& problems);

/// Adds the sections of a geometryModel file; without effect for other files. Problems as above.
void read_sections(const XmlFile& file, const MeshSpacings& spacings, SectionMap& sections,
                   core::Problems& problems);

}  // namespace shakefield::job
