// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace shakefield::testing {

/// The folder of reference data, if the environment names it.
inline std::optional<std::filesystem::path> reference_dir() {
  const char* dir = std::getenv("SHAKEFIELD_REFERENCE_DIR");
  return dir && *dir ? std::optional<std::filesystem::path>(dir) : std::nullopt;
}

/// Columns of a CSV file as text, in the order asked for; lines that start with '#' are skipped.
inline std::vector<std::vector<std::string>> read_columns(const std::filesystem::path& path,
                                                          const std::vector<std::string>& names) {
  const auto split = [](const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    return cells;
  };
  std::ifstream file(path);
  std::vector<std::vector<std::string>> columns(names.size());
  std::vector<std::size_t> position;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.starts_with('#')) continue;
    const std::vector<std::string> cells = split(line);
    if (position.empty()) {
      for (const std::string& name : names)
        position.push_back(
            static_cast<std::size_t>(std::ranges::find(cells, name) - cells.begin()));
      continue;
    }
    for (std::size_t i = 0; i < names.size(); ++i) columns[i].push_back(cells.at(position[i]));
  }
  return columns;
}

}  // namespace shakefield::testing
