// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/calc/plan.hpp"

namespace shakefield::calc {

/// Memory of a rank for sums of rates unless the run says otherwise.
inline constexpr double usual_sums_mib = 512;

/// Plans a classical calculation: bytes and memory from the shapes of its results, pairs and times
/// (if they are asked for) from rates of some shares of the sources at some tiles, each of them
/// once at few and once at many sites: what a share costs without any site, every rank pays. Bins
/// of a disaggregation are added (add_bins). Local.
Plan plan_classical(const job::Job& job, const PlanOptions& options);

}  // namespace shakefield::calc
