// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.hpp"
#include "shakefield/job/parameters.hpp"

namespace shakefield::job {

/// The parameters that calculators read, from typed settings. Sets defaults that depend on other
/// parameters in `settings`; what does not fit together goes to `problems`.
Parameters make_parameters(Settings& settings, core::Problems& problems);

}  // namespace shakefield::job
