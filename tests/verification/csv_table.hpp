// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/// A small CSV table: lines that start with '#' are comments, then one line of column names.
class CsvTable {
 public:
  explicit CsvTable(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with('#')) continue;
      if (line.ends_with('\r')) line.pop_back();
      std::vector<std::string> cells;
      std::istringstream fields(line);
      for (std::string cell; std::getline(fields, cell, ',');) cells.push_back(cell);
      if (names_.empty()) {
        names_ = cells;
        for (std::size_t i = 0; i < names_.size(); ++i) positions_[names_[i]] = i;
      } else {
        rows_.push_back(std::move(cells));
      }
    }
  }

  std::size_t rows() const { return rows_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  const std::string& text(std::size_t row, const std::string& column) const {
    return rows_.at(row).at(positions_.at(column));
  }
  double operator()(std::size_t row, const std::string& column) const {
    return std::stod(text(row, column));
  }
  std::vector<double> column(const std::string& name) const {
    std::vector<double> values;
    for (std::size_t row = 0; row < rows(); ++row) values.push_back((*this)(row, name));
    return values;
  }
  /// All cells below the names.
  const std::vector<std::vector<std::string>>& cells() const { return rows_; }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> positions_;
  std::vector<std::vector<std::string>> rows_;
};
