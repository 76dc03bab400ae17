// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "job_draft.hpp"
#include "shakefield/gmm/model.hpp"

namespace shakefield::job {

/// A model of the tree.
struct PlacedModel {
  gmm::ModelInfo info;
  std::string tectonic_region;
  core::InputPlace place;
};

/// Reads the ground-motion models of a job, or their tree, and makes each model once for its
/// measures; then Job::tree, of all paths, from them and the draft's source_tree and regions. What
/// is wrong goes to the draft's problems. Returns the models that could be made. Local.
std::vector<PlacedModel> read_models(JobDraft& draft);

}  // namespace shakefield::job
