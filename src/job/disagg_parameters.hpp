// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "settings.hpp"
#include "shakefield/job/parameters.hpp"

namespace shakefield::job {

/// Measures and levels of iml_disagg, in the order of the job; empty if it is not given.
std::vector<std::pair<std::string, double>> levels_by_iml_disagg(const Settings& settings);

/// Fills Parameters::disagg, and the poes of maps, of a disaggregation; its measures, levels and
/// hazard must be there. What does not fit together goes to `problems`.
void set_disaggregation(const Settings& settings, Parameters& parameters, core::Problems& problems);

}  // namespace shakefield::job
