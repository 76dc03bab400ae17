// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "shakefield/core/array.hpp"

namespace shakefield::job {

/// The text of a job.ini or job.yaml (by the path's ending) as a table of names and values;
/// comments and sections are lost. Nothing if the table would not give the parameters back.
std::optional<core::Array> to_job_table(const std::string& text, const std::filesystem::path& path);
/// A text with these parameters.
std::string to_job_text(const core::Array& table, const std::filesystem::path& path);

bool is_yaml_job(const std::filesystem::path& path);

}  // namespace shakefield::job
