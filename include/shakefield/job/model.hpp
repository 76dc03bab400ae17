// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace shakefield::job {

/// What became of a job's inputs in a model file.
struct ModelSummary {
  std::size_t inputs = 0;   ///< files: the job and all that it names
  std::size_t sources = 0;  ///< of all source models
  std::string digest;       ///< of all contents: equal models have equal ones
  /// What was left out (comments), and what was kept although nobody reads it (unknown attributes).
  std::vector<std::string> remarks;
};

/// Whether a job of this name is a model file (.h5, .hdf5).
bool is_model_name(const std::filesystem::path& path);

/// Whether a file is a model; false for results, other files, and none. Local.
bool holds_model(const std::filesystem::path& path);

/// Reads and checks a job with all its inputs, and writes them to one HDF5 file that is read in
/// parallel (docs/model-file.md). Throws as read_job() does, Error{config} if the model exists and
/// `overwrite` is false, Error{io}. Local.
ModelSummary write_model(const std::filesystem::path& job, const std::filesystem::path& model,
                         bool overwrite);

/// Writes the inputs of a model back as job.ini, NRML, CSV into a new or empty folder: a model made
/// from them has the same digest. Returns the files, the job first. Throws Error{data} if the model
/// is damaged, Error{config} if the folder holds something, Error{io}. Local.
std::vector<std::filesystem::path> write_inputs_of_model(const std::filesystem::path& model,
                                                         const std::filesystem::path& folder);

/// Checks that the contents of a model are as they were written. Reads the whole file. Throws
/// Error{data} if they are not. Local.
ModelSummary check_model(const std::filesystem::path& model);

}  // namespace shakefield::job
