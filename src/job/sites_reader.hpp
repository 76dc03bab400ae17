// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "settings.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/site/site_collection.hpp"

namespace shakefield::job {

/// The sites of a job: from `sites`, `sites_csv`, `region`, or a site model; parameters from the
/// site model, the CSV, and the reference_* values. `models`: all that the job uses; a site
/// parameter that one needs and the job does not give is a problem that names both. Returns no
/// sites if there are problems. Local.
site::SiteCollection read_sites(const Settings& settings, InputFiles& files,
                                const std::filesystem::path& folder,
                                const std::vector<gmm::ModelInfo>& models,
                                core::Problems& problems);

}  // namespace shakefield::job
