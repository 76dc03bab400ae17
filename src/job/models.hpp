// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "nrml_tree.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/job/parameters.hpp"

namespace shakefield::job {

/// Makes every ground-motion model of the tree once for the job's intensity measures; a model that
/// is unknown, lacks a measure, or gives total standard deviations only where fields are correlated
/// is a problem at its place. Returns what the models are, each name once.
std::vector<gmm::ModelInfo> check_models(const PlacedGmmTree& trees, const Parameters& parameters,
                                         core::Problems& problems);

}  // namespace shakefield::job
