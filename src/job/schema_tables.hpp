// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "shakefield/job/schema.hpp"

namespace shakefield::job {

// The schema in parts, one a file; schema() joins them in this order.
std::span<const ParameterInfo> general_parameters();
std::span<const ParameterInfo> site_parameters();
std::span<const ParameterInfo> source_parameters();
std::span<const ParameterInfo> field_parameters();
std::span<const ParameterInfo> hazard_parameters();
/// Tuning and bookkeeping of the peer's engine, and its risk parameters.
std::span<const ParameterInfo> engine_parameters();

}  // namespace shakefield::job
