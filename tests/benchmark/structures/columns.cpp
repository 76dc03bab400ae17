// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hdf5_file.hpp"

namespace shakefield::structures {
namespace {

/// Rows, column by column.
struct ColumnValues {
  std::vector<std::uint32_t> site, event;
  std::array<std::vector<float>, 3> values;

  void resize(std::size_t rows) {
    site.resize(rows);
    event.resize(rows);
    for (std::vector<float>& column : values) column.resize(rows);
  }
};

constexpr const char* site_path = "/gmf_data/site";
constexpr const char* event_path = "/gmf_data/event";
constexpr std::array value_paths{"/gmf_data/PGA", "/gmf_data/SA(0.3)", "/gmf_data/SA(1.0)"};

class ColumnReader final : public Reader {
 public:
  explicit ColumnReader(const std::filesystem::path& path)
      : file_(open_file(path)), index_(file_), site_(file_, site_path), event_(file_, event_path) {
    for (const char* value_path : value_paths) values_.emplace_back(file_, value_path);
  }

  void read_event(std::uint32_t event) override {
    const auto [start, stop] = index_.event(event);
    read(start, stop - start);
  }

  /// Reads the column of sites only, then the few rows that are wanted.
  void read_site(std::uint32_t site) override {
    const std::vector<IndexRow> index = index_.all();
    std::vector<hsize_t> found_rows;
    std::vector<std::uint32_t> events, slice;
    for (Block block; block.stop_event < index.size();) {
      block = next_block(index, block.stop_event);
      const std::uint64_t start = index[block.first_event].start;
      slice.resize(index[block.stop_event - 1].stop - start);
      site_.read(H5T_NATIVE_UINT32, start, slice.size(), slice.data());
      for (std::size_t event = block.first_event; event < block.stop_event; ++event) {
        const auto begin = slice.begin() + static_cast<std::ptrdiff_t>(index[event].start - start);
        const auto end = slice.begin() + static_cast<std::ptrdiff_t>(index[event].stop - start);
        const auto found = std::lower_bound(begin, end, site);
        if (found == end || *found != site) continue;
        found_rows.push_back(start + static_cast<std::uint64_t>(found - slice.begin()));
        events.push_back(static_cast<std::uint32_t>(event));
      }
    }
    read_.site.assign(found_rows.size(), site);
    read_.event = std::move(events);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      read_.values[i].resize(found_rows.size());
      values_[i].read_points(H5T_NATIVE_FLOAT, found_rows, read_.values[i].data());
    }
  }

  void read_all() override { read(0, site_.rows()); }

  std::vector<Row> rows() const override {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < read_.site.size(); ++i)
      rows.push_back({read_.site[i],
                      read_.event[i],
                      {read_.values[0][i], read_.values[1][i], read_.values[2][i]}});
    return rows;
  }

 private:
  void read(hsize_t first, hsize_t count) {
    read_.resize(count);
    site_.read(H5T_NATIVE_UINT32, first, count, read_.site.data());
    event_.read(H5T_NATIVE_UINT32, first, count, read_.event.data());
    for (std::size_t i = 0; i < values_.size(); ++i)
      values_[i].read(H5T_NATIVE_FLOAT, first, count, read_.values[i].data());
  }

  Handle file_;
  Index index_;
  Dataset site_, event_;
  std::vector<Dataset> values_;
  ColumnValues read_;
};

class Columns final : public Structure {
 public:
  Columns(const Fields& fields, Filter filter) : fields_(fields), filter_(filter) {
    for (const Row& row : fields.rows) {
      columns_.site.push_back(row.site);
      columns_.event.push_back(row.event);
      for (std::size_t i = 0; i < row.values.size(); ++i)
        columns_.values[i].push_back(row.values[i]);
    }
  }

  void write(const std::filesystem::path& path) const override {
    Handle file = create_file(path);
    const auto write_column = [&](const char* name, hid_t type, const auto& column) {
      write_dataset(file, name, type, column.size(), column.data(),
                    std::min<hsize_t>(chunk_rows, column.size()), filter_);
    };
    write_column(site_path, H5T_NATIVE_UINT32, columns_.site);
    write_column(event_path, H5T_NATIVE_UINT32, columns_.event);
    for (std::size_t i = 0; i < value_paths.size(); ++i)
      write_column(value_paths[i], H5T_NATIVE_FLOAT, columns_.values[i]);
    write_index(file, fields_);
    close_file(file);
  }

  std::unique_ptr<Reader> open(const std::filesystem::path& path) const override {
    return std::make_unique<ColumnReader>(path);
  }

 private:
  const Fields& fields_;
  Filter filter_;
  ColumnValues columns_;
};

}  // namespace

std::unique_ptr<Structure> make_columns(const Fields& fields, Filter filter) {
  return std::make_unique<Columns>(fields, filter);
}

}  // namespace shakefield::structures
