// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "nrml_source.hpp"
#include "nrml_tree.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::job {

/// What the source files of a tree hold, by the names in the tree.
using SourceFiles = std::map<std::string, SourceList>;

/// Problems of filters: sources and regions that are in no file (unless the job takes some sources
/// only: `is_whole` = false), absolute values for several sources.
void check_filters(const PlacedSourceTree& tree, const SourceFiles& files, bool is_whole,
                   core::Problems& problems);

/// Makes Job::source_models and SourcePath::models of the paths of a tree. Sources that no
/// branch set alters are made once a file; the others once for each distinct set of branches that
/// alter them. `bin_width`: width_of_mfd_bin. A source that cannot be made is a problem at the
/// branch that altered it last.
/// Returns of what each source was made, [models][sources]; if there are no problems, as many as
/// sources.
using Origins = std::vector<std::vector<const SourceDescription*>>;
Origins make_source_models(const PlacedSourceTree& tree, const SourceFiles& files, double bin_width,
                           Job& job, core::Problems& problems);

}  // namespace shakefield::job
