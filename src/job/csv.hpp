// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shakefield::job {

/// One line of a CSV file.
struct CsvRow {
  int line = 0;                          ///< in the file, from 1
  std::vector<std::string_view> fields;  ///< trimmed, without quotes
};

/// Rows of a CSV text; empty lines and lines that start with '#' are left out. The fields point
/// into `text`. Quoted fields may hold commas and doubled quotes, which stay doubled, but no line
/// ends.
std::vector<CsvRow> read_csv(std::string_view text);

}  // namespace shakefield::job
