// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace shakefield::calc {

/// What is exported, and how.
struct ExportOptions {
  /// Names out of export_names(); empty: every CSV file that the results allow.
  std::vector<std::string> what;
  /// avg_gmf from all values that were computed, also those below minimum_intensity that were not
  /// stored; else as the peer exports it, with missing values lifted to the floor.
  bool true_mean = false;
  /// CSV: leaves out line 1, the comment that says where a file comes from. hdf5: uncompressed.
  bool plain = false;
};

/// The names that an export may ask for: "gmf-data", "sitemesh" …
std::vector<std::string> export_names();

/// Makes the folder for exports unless it is there. Throws Error{io} if it cannot be made or
/// written into. Local.
void make_export_folder(const std::filesystem::path& dir);

/// Writes CSV files with the names, columns, units and number formats of the OpenQuake engine
/// (docs/export.md) and returns their paths. The folder is made if needed; existing files are
/// replaced. Streams: memory does not grow with the number of rows. Throws Error{config} for an
/// unknown name or one that the file has no data for, Error{data} for an incomplete file, Error{io}
/// if a file cannot be written. Local.
std::vector<std::filesystem::path> export_results(const std::filesystem::path& file,
                                                  const std::filesystem::path& dir,
                                                  const ExportOptions& options = {});

}  // namespace shakefield::calc
