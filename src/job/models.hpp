// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "nrml_tree.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/job/parameters.hpp"

namespace shakefield::job {

/// A model of the tree.
struct PlacedModel {
  gmm::ModelInfo info;
  std::string tectonic_region;
  core::InputPlace place;
};

/// Makes every ground-motion model of the tree once for the job's intensity measures; a model that
/// is unknown, lacks a measure (other than one for which its weight is 0, in classical jobs), or
/// gives total standard deviations only where fields are correlated is a problem at its place.
/// Returns the models that could be made.
std::vector<PlacedModel> check_models(const PlacedGmmTree& trees, const Parameters& parameters,
                                      core::Problems& problems);

}  // namespace shakefield::job
