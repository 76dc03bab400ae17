// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/error.hpp"
#include "value.hpp"

namespace shakefield::job {

/// One key of a job as it was written: a text (job.ini, command line), or what YAML says, whose
/// scalars are texts too. Names are lower case.
struct RawParameter {
  std::string name;
  Value value;
  core::InputPlace place;
};
using RawJob = std::vector<RawParameter>;

/// Reads job.ini by the rules of Python's ConfigParser without interpolation
/// (docs/definitions/sources.md, section 2). `file` is what messages call it. Faults of the syntax
/// and keys given twice go to `problems`. Local.
RawJob read_ini(std::string_view text, const std::string& file, core::Problems& problems);

/// Reads YAML: the parameters' names at the top level or inside sections (maps that are not
/// parameters).
RawJob read_yaml(const std::string& text, const std::string& file, core::Problems& problems);

}  // namespace shakefield::job
