// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "shakefield/core/error.hpp"
#include "shakefield/rupture/rupture.hpp"

namespace shakefield::job {

/// Ruptures that a CSV file of the OpenQuake engine lists with their surfaces ("ruptures.csv",
/// docs/definitions/sources.md, section 1). Keeps the text and makes a rupture when it is asked
/// for, so that memory is that of the file. Immutable, thread-safe, local.
class RuptureList {
 public:
  /// Reads and checks all rows; `file` is what messages call it. Problems (at most 20, with their
  /// lines) go to `problems`, kind data, and rows that have one are left out; so does a warning if
  /// the column multiplicity says that ruptures occur several times, which the engine passes over.
  RuptureList(std::string text, const std::string& file, core::Problems& problems);
  ~RuptureList();

  std::size_t size() const;
  /// Rupture of row [0, size()), with the region that the row names.
  rupture::Rupture rupture(std::size_t row) const;
  /// Tectonic regions by name: those that the comment of the first line lists and those of rows.
  const std::vector<std::string>& regions() const;
  /// Regions of gridded surfaces, which have no r_x and r_y0.
  const std::set<std::string>& gridded_regions() const;

 private:
  struct Rows;
  std::unique_ptr<const Rows> rows_;
};

}  // namespace shakefield::job
