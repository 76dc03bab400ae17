// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bad_case.hpp"
#include "scratch_folder.hpp"

namespace bad_input {

/// A scratch copy of the base jobs.
class JobFolder {
 public:
  JobFolder();
  ~JobFolder();
  JobFolder(const JobFolder&) = delete;
  JobFolder& operator=(const JobFolder&) = delete;

  const std::filesystem::path& path() const { return scratch_.path(); }
  /// Throws std::runtime_error if the file does not hold what is to be changed.
  void apply(const Edit& edit) const;
  /// Contents of the files that could pass for results, by name.
  std::map<std::string, std::string> results() const;

 private:
  ScratchFolder scratch_;
};

/// The command that starts `shakefield` with these words on so many ranks; each rank's shell does
/// `shell` before.
std::vector<std::string> command_line(const std::vector<std::string>& words, int ranks,
                                      const std::string& shell = "");

/// The lines that the program itself wrote to standard error: without mpirun's notice that a rank
/// ended with a status above 0 (two blocks between lines of dashes) and words of its libraries.
std::vector<std::string> own_lines(const std::string& err);

/// Whether `shakefield info` calls a file of the folder complete.
bool is_complete(const std::filesystem::path& folder, const std::string& file);

/// Whether files can be made unreadable and folders unwritable for the user who runs the tests.
bool permissions_hold();

}  // namespace bad_input
