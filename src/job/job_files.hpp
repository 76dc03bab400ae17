// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "settings.hpp"
#include "xml.hpp"

namespace shakefield::job {

/// Path of a file that a parameter names: relative to the job's folder. Throws Error{config} for an
/// absolute path.
std::filesystem::path checked_path(const std::string& name, std::string_view key,
                                   const core::InputPlace& place,
                                   const std::filesystem::path& folder);
/// The same for a parameter of type file.
std::filesystem::path file_path(const Settings& settings, std::string_view key,
                                const std::filesystem::path& folder);

/// Text of a file; a failure gets the place that names the file.
const std::string& read_file(InputFiles& files, const std::filesystem::path& path,
                             const core::InputPlace& named_in);
XmlFile read_xml(InputFiles& files, const std::filesystem::path& path,
                 const core::InputPlace& named_in);

}  // namespace shakefield::job
