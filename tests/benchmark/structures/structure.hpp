// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fields.hpp"

namespace shakefield::structures {

/// none, or HDF5's own filters: bytes shuffled, then deflated at level 1.
enum class Filter { none, deflate };

/// A file that is open for reading. What is read stays in memory in the layout of the file.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual void read_event(std::uint32_t event) = 0;
  virtual void read_site(std::uint32_t site) = 0;
  virtual void read_all() = 0;
  /// What was read last, sorted by (event, site).
  virtual std::vector<Row> rows() const = 0;
};

/// One way to lay fields out in a file. Holds them in the layout that it writes: what is measured
/// is the file, not the reordering.
class Structure {
 public:
  virtual ~Structure() = default;
  virtual void write(const std::filesystem::path& path) const = 0;
  virtual std::unique_ptr<Reader> open(const std::filesystem::path& path) const = 0;
};

/// The program's format, by the program's writer: rows in one dataset, first and last row of each
/// event in a second one. The fields must outlive the structure.
std::unique_ptr<Structure> make_program_table(const Fields& fields, Filter filter);
/// The same file, written by H5Dwrite.
std::unique_ptr<Structure> make_table(const Fields& fields, Filter filter);
/// One dataset for the sites, the events, and each intensity measure; the index as above.
std::unique_ptr<Structure> make_columns(const Fields& fields, Filter filter);
/// A dataset [E] of sequences of variable length, without filter: filters see HDF5's references to
/// the sequences, not the sequences.
std::unique_ptr<Structure> make_sequences(const Fields& fields);
/// A dataset for each event: contiguous, or with a filter one chunk.
std::unique_ptr<Structure> make_event_datasets(const Fields& fields, Filter filter);

}  // namespace shakefield::structures
