// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/calc/plan.hpp"

namespace shakefield::calc {

/// Adds the bins of a disaggregation to the calibrated plan of its curves: from all sources
/// at some tiles (2 to 4, as the time allows), at levels in the middle of the lists. Local.
void add_bins(const job::Job& job, const PlanOptions& options, Plan& plan);

}  // namespace shakefield::calc
