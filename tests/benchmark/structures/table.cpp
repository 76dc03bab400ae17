// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "hdf5_file.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::structures {
namespace {

constexpr const char* table_path = "/gmf_data/table";

class TableReader final : public Reader {
 public:
  explicit TableReader(const std::filesystem::path& path)
      : file_(open_file(path)), index_(file_), table_(file_, table_path) {}

  void read_event(std::uint32_t event) override {
    const auto [start, stop] = index_.event(event);
    rows_.resize(stop - start);
    table_.read(type_.id(), start, rows_.size(), rows_.data());
  }

  void read_site(std::uint32_t site) override {
    rows_.clear();
    const std::vector<IndexRow> index = index_.all();
    std::vector<Row> slice;
    for (Block block; block.stop_event < index.size();) {
      block = next_block(index, block.stop_event);
      const std::uint64_t start = index[block.first_event].start;
      slice.resize(index[block.stop_event - 1].stop - start);
      table_.read(type_.id(), start, slice.size(), slice.data());
      for (std::size_t event = block.first_event; event < block.stop_event; ++event) {
        const std::span<const Row> rows = std::span(slice).subspan(
            index[event].start - start, index[event].stop - index[event].start);
        const auto found = std::ranges::lower_bound(rows, site, {}, &Row::site);
        if (found != rows.end() && found->site == site) rows_.push_back(*found);
      }
    }
  }

  void read_all() override {
    rows_.resize(table_.rows());
    table_.read(type_.id(), 0, rows_.size(), rows_.data());
  }

  std::vector<Row> rows() const override { return rows_; }

 private:
  Handle file_;
  Handle type_ = row_type();
  Index index_;
  Dataset table_;
  std::vector<Row> rows_;
};

class Table : public Structure {
 public:
  Table(const Fields& fields, Filter filter) : fields_(fields), filter_(filter) {}

  void write(const std::filesystem::path& path) const override {
    Handle file = create_file(path);
    write_dataset(file, table_path, row_type().id(), fields_.rows.size(), fields_.rows.data(),
                  std::min<hsize_t>(chunk_rows, fields_.rows.size()), filter_);
    write_index(file, fields_);
    close_file(file);
  }

  std::unique_ptr<Reader> open(const std::filesystem::path& path) const override {
    return std::make_unique<TableReader>(path);
  }

 protected:
  const Fields& fields_;
  Filter filter_;
};

class ProgramTable final : public Table {
 public:
  using Table::Table;

  void write(const std::filesystem::path& path) const override {
    store::File file = store::File::create(path, true);
    core::RowType row;
    row.add("site", core::Scalar::u32).add("event", core::Scalar::u32);
    for (const char* imt : {"PGA", "SA(0.3)", "SA(1.0)"}) row.add(imt, core::Scalar::f32, "g");
    store::CodecChoice codec;
    if (filter_ == Filter::deflate) codec.kind = store::CodecKind::deflate;
    store::TableWriter table(file, table_path, row, {}, chunk_rows * sizeof(Row),
                             store::Start::anew, codec);
    table.append(std::as_bytes(std::span(fields_.rows)));
    table.finish();

    core::RowType index_row;
    index_row.add("start", core::Scalar::u64).add("stop", core::Scalar::u64);
    const std::vector<IndexRow> index = index_of(fields_);
    core::Array array(index_row, {index.size()});
    std::memcpy(array.data(), index.data(), array.size_bytes());
    store::write_array(file, "/gmf_data/index", array);
    file.close();
  }
};

}  // namespace

std::unique_ptr<Structure> make_program_table(const Fields& fields, Filter filter) {
  return std::make_unique<ProgramTable>(fields, filter);
}

std::unique_ptr<Structure> make_table(const Fields& fields, Filter filter) {
  return std::make_unique<Table>(fields, filter);
}

}  // namespace shakefield::structures
