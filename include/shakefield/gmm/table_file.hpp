// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "shakefield/core/array.hpp"

namespace shakefield::gmm {

/// Numbers of a table file, row-major. Copies share them; ranks of a node may, too.
class TableArray {
 public:
  TableArray() = default;
  /// The values of a plain array of numbers.
  explicit TableArray(const core::Array& array);
  /// No values yet: move_to() brings them.
  explicit TableArray(std::vector<std::size_t> shape);
  static bool can_hold(const core::Array& array);

  const std::vector<std::size_t>& shape() const { return shape_; }
  std::span<const double> values() const { return values_; }
  /// The values lie at `place` now, which `memory` keeps; those from before are let go.
  void move_to(const double* place, std::shared_ptr<const void> memory);

 private:
  std::vector<std::size_t> shape_;
  std::span<const double> values_;
  std::shared_ptr<const void> memory_;
};

/// Contents of a table file: models know no files, so whoever reads a job reads them too.
struct TableFile {
  std::string path;                                       ///< as the job writes it
  std::map<std::string, TableArray, std::less<>> arrays;  ///< by path in the file: "IMLs/SA"
  /// Texts beside them, by array and name: "Distances/metric".
  std::map<std::string, std::string, std::less<>> attributes;
};

}  // namespace shakefield::gmm
