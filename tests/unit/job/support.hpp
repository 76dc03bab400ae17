// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "scratch_folder.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::job {

/// Folder of the fixtures in the project.
inline std::filesystem::path data_folder() {
  const char* source = std::getenv("SHAKEFIELD_SOURCE_DIR");
  return std::filesystem::path(source ? source : ".") / "tests/unit/job/data";
}

/// Folder with the peer's cases, if the environment names one.
inline std::optional<std::filesystem::path> reference_folder() {
  const char* folder = std::getenv("SHAKEFIELD_REFERENCE_DIR");
  if (!folder || !*folder) return std::nullopt;
  return std::filesystem::path(folder);
}

inline Job read(const std::filesystem::path& path, const Overrides& overrides = {}) {
  InputFiles files;
  return read_job(path, overrides, files);
}

/// A copy of the fixtures that a test may break.
class BrokenJob {
 public:
  BrokenJob() {
    std::filesystem::copy(data_folder(), folder_.path(), std::filesystem::copy_options::recursive);
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  std::string text(const std::string& name) const {
    std::ifstream file(folder_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// Replaces the first `from` in a file; false if there is none.
  bool replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::string content = text(name);
    const auto at = content.find(from);
    if (at == std::string::npos) return false;
    write(name, content.replace(at, from.size(), to));
    return true;
  }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
  /// The error of reading a job of the folder, with the folder's name cut out of the message;
  /// nothing if it is read.
  std::optional<core::Error> error(const std::string& job, const Overrides& overrides = {}) const {
    try {
      read(folder_ / job, overrides);
    } catch (const core::Error& e) {
      return e;
    }
    return std::nullopt;
  }

 private:
  ScratchFolder folder_;
};

}  // namespace shakefield::job
