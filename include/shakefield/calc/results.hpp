// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/array.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Root attributes of a result file: what was calculated, with what, and how far it came.
struct ResultHeader {
  std::int64_t format_major = 0, format_minor = 0;
  std::string program, version, commit, compiler, arch;
  std::string job;  ///< all parameters with their values, as text
  std::string description;
  std::string calculation_mode;  ///< "scenario", "event_based" …
  std::vector<std::string> input_checksums;
  std::vector<std::string> imts;  ///< [M]
  std::vector<double>
      minimum_intensity;  ///< [M] in units of the IMTs; empty: every value was stored
  std::int64_t ses_seed = 0;
  std::int64_t ranks = 0;
  std::int64_t ses_per_logic_tree_path = 0;
  std::int64_t num_realizations = 0;
  double investigation_time_yr = 0;
  double effective_time_yr = 0;  ///< of all realizations together
  bool complete = false;         ///< false: the run stopped before its end
};

/// Columns of /sites that exports need. Row = site id.
struct SiteTable {
  std::vector<double> lon_deg, lat_deg, depth_km;  ///< [N]
  std::vector<std::string> custom_ids;             ///< [N], or empty if the file has none
};

/// Columns of /realizations. Row = realization id.
struct RealizationTable {
  std::vector<std::int64_t> ids;          ///< [R]
  std::vector<std::string> branch_paths;  ///< [R]
  std::vector<std::string> models;        ///< [R]
  std::vector<double> weights;            ///< [R] sum to 1
};

/// One row of /events.
struct EventRow {
  std::uint64_t id = 0;
  std::uint64_t rupture = 0;
  std::uint32_t realization = 0;
  std::uint32_t year = 0;
  std::uint32_t ses = 0;
};

/// Where the members of a row of /gmf_data/table stand.
struct GmfLayout {
  std::size_t row_bytes = 0, site_offset = 0, event_offset = 0;
  bool wide_event = false;                 ///< event is u64, else u32
  std::vector<std::string> imts;           ///< [M]
  std::vector<std::size_t> value_offsets;  ///< [M]
};

/// Consecutive rows of /gmf_data/table, sorted by (event, site).
class GmfBlock {
 public:
  GmfBlock(core::Array rows, const GmfLayout& layout) : rows_(std::move(rows)), layout_(&layout) {}

  std::size_t size() const { return rows_.rows(); }
  std::uint32_t site(std::size_t row) const {
    return load<std::uint32_t>(row, layout_->site_offset);
  }
  std::uint64_t event(std::size_t row) const {
    return layout_->wide_event ? load<std::uint64_t>(row, layout_->event_offset)
                               : load<std::uint32_t>(row, layout_->event_offset);
  }
  /// Ground-motion value in the unit of IMT number `imt`.
  float value(std::size_t row, std::size_t imt) const {
    return load<float>(row, layout_->value_offsets[imt]);
  }

 private:
  template <class T>
  T load(std::size_t row, std::size_t offset) const {
    T value;
    std::memcpy(&value, rows_.data() + row * layout_->row_bytes + offset, sizeof(T));
    return value;
  }

  core::Array rows_;
  const GmfLayout* layout_;
};

/// A result file opened for reading. Local.
class Results {
 public:
  /// Throws Error{io} if the file is missing, Error{data} if it is no result file of shakefield or
  /// its format has another major version. An incomplete file opens: see require_complete().
  explicit Results(const std::filesystem::path& path);

  const store::File& file() const { return file_; }
  const ResultHeader& header() const { return header_; }
  /// Throws Error{data} if the run that made the file stopped before its end.
  void require_complete() const;

  bool has(std::string_view path) const { return store::exists(file_, path); }
  /// Length of a dataset along its first axis; 0 if there is none.
  std::uint64_t num_rows(std::string_view path) const;

  SiteTable sites() const;
  RealizationTable realizations() const;
  /// Rows [first, first + count) of /events.
  std::vector<EventRow> events(std::uint64_t first, std::uint64_t count) const;
  /// Names of the tectonic regions that the column `region` of a dataset counts in.
  std::vector<std::string> regions(std::string_view path) const;

  /// Layout of /gmf_data/table. Throws Error{data} if a member is missing or has another type.
  const GmfLayout& gmf_layout() const;
  /// All rows of one event, found by /gmf_data/index. Throws Error{data} if there is no such event.
  GmfBlock rows_of_event(std::uint64_t event) const;
  /// Calls `visit` for all rows of the table in order, some MiB at a time. Throws Error{data} if a
  /// row's site is not one of /sites.
  void for_each_block(const std::function<void(const GmfBlock&)>& visit) const;

 private:
  store::File file_;
  ResultHeader header_;
  mutable GmfLayout layout_;
};

/// Rows of `row_bytes` bytes that are read at a time: whole chunks of the table, about 4 MiB. At
/// least 1.
std::uint64_t rows_per_block(std::size_t row_bytes);

/// Calls `visit` with the rows of any dataset in blocks of about 4 MiB along its first axis.
void for_each_block(const store::File& file, std::string_view path,
                    const std::function<void(const core::Array&)>& visit);

}  // namespace shakefield::calc
