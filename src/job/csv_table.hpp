// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shakefield/core/array.hpp"

namespace shakefield::job {

/// A CSV text as a structured array: columns of numbers are f64, others texts.
struct CsvTable {
  core::Array table;
  bool has_header = false;  ///< if not, columns are named c0, c1, ...
};
/// Comments and empty lines are lost. Nothing if a table would not give the text back: rows of
/// unequal length, names that are empty or repeated.
std::optional<CsvTable> to_csv_table(std::string_view text);

/// A CSV text of the table: numbers with as few digits as give them back.
std::string to_csv_text(const CsvTable& csv);

}  // namespace shakefield::job
