// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "job_draft.hpp"
#include "models.hpp"

/// What can be checked only when several parts of a job are read. Problems go to the draft. Local.
namespace shakefield::job {

/// Models that need r_x or r_y0 have no place where surfaces are gridded.
void check_gridded(JobDraft& draft, const std::vector<PlacedModel>& models);
/// Correlated fields are offered for so many sites.
void check_correlation(JobDraft& draft);
/// Events and years are counted in 32 bits, and each source has a row of the file for each path;
/// realizations that are chosen must be there.
void check_numbers(JobDraft& draft);

}  // namespace shakefield::job
