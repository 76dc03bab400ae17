// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fields.hpp"
#include "handle.hpp"
#include "structure.hpp"

namespace shakefield::structures {

using store::check;
using store::Handle;

/// Rows of a chunk of about 1 MiB of whole rows, as the program's. Columns have chunks of as many
/// rows, so that one event costs as many rows in every structure.
constexpr hsize_t chunk_rows = (hsize_t{1} << 20) / sizeof(Row);
/// Rows that a search through the whole file holds in memory.
constexpr std::uint64_t block_rows = 4 * chunk_rows;

/// Formats of HDF5 1.8, as the program's files.
Handle create_file(const std::filesystem::path& path);
Handle open_file(const std::filesystem::path& path);
/// Closes and reports errors.
void close_file(Handle& file);

/// A row without its event, for files that keep events apart.
struct SiteValues {
  std::uint32_t site = 0;
  std::array<float, 3> values{};
};

Handle row_type();
Handle site_values_type();
/// Where the rows of an event are: `start` and `stop`, as in /gmf_data/index.
struct IndexRow {
  std::uint64_t start = 0, stop = 0;
};
std::vector<IndexRow> index_of(const Fields& fields);

/// Makes a one-dimensional dataset and writes it in one call; contiguous without `chunk`.
void write_dataset(const Handle& file, const std::string& path, hid_t type, hsize_t rows,
                   const void* data, std::optional<hsize_t> chunk, Filter filter);
void write_index(const Handle& file, const Fields& fields);

/// A dataset that is open for reading.
class Dataset {
 public:
  Dataset(const Handle& file, const std::string& path);
  hsize_t rows() const { return rows_; }
  /// Rows [first, first + count).
  void read(hid_t type, hsize_t first, hsize_t count, void* to) const;
  /// Single rows, ascending.
  void read_points(hid_t type, const std::vector<hsize_t>& rows, void* to) const;

 private:
  std::string path_;
  Handle dataset_;
  hsize_t rows_ = 0;
};

/// /gmf_data/index, read event by event or whole.
class Index {
 public:
  explicit Index(const Handle& file);
  IndexRow event(std::uint32_t event) const;
  std::vector<IndexRow> all() const;

 private:
  Handle type_;
  Dataset dataset_;
};

/// Neighbouring events with at most block_rows rows, or a single one with more.
struct Block {
  std::size_t first_event = 0, stop_event = 0;
};
Block next_block(const std::vector<IndexRow>& index, std::size_t first_event);

}  // namespace shakefield::structures
