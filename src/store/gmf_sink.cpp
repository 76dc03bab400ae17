// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/gmf_sink.hpp"

#include <fmt/format.h>

#include <numeric>

#include "gmf_stream.hpp"

namespace shakefield::store {
namespace {

constexpr std::size_t table_chunk_bytes = std::size_t{1} << 20;
constexpr std::size_t index_chunk_bytes = std::size_t{64} << 10;

core::RowType index_row() {
  core::RowType row;
  row.add("start", core::Scalar::u64).add("stop", core::Scalar::u64);
  return row;
}

/// /gmf_data/table, and /gmf_data/index with the slice of each event.
class FileTable final : public GmfTable {
 public:
  FileTable(File& file, const core::RowType& row, const core::Attributes& attributes, Start start)
      : row_bytes_(row.bytes),
        table_(file, "/gmf_data/table", row, attributes, table_chunk_bytes, start),
        index_(
            file, "/gmf_data/index", index_row(),
            {{"axes", std::vector<std::string>{"event"}},
             {"description", std::string("rows of /gmf_data/table of each event: [start, stop)")}},
            index_chunk_bytes, start),
        indexed_rows_(table_.size()) {}

  std::size_t row_bytes() const override { return row_bytes_; }
  std::uint64_t size() const override { return table_.size(); }
  std::span<std::byte> reserve(std::size_t max_rows) override { return table_.reserve(max_rows); }
  void commit(std::size_t rows) override { table_.commit(rows); }
  void append(std::span<const std::byte> rows) override { table_.append(rows); }
  void end_batch(std::span<const std::uint64_t> rows_per_event) override {
    slices_.clear();
    for (const std::uint64_t rows : rows_per_event) {
      slices_.push_back(indexed_rows_);
      slices_.push_back(indexed_rows_ += rows);
    }
    index_.append(std::as_bytes(std::span(slices_)));
  }
  void checkpoint() override {
    table_.checkpoint();
    index_.checkpoint();
  }
  void finish() override {
    table_.finish();
    index_.finish();
  }
  double seconds_writing() const override {
    return table_.seconds_writing() + index_.seconds_writing();
  }

 private:
  std::size_t row_bytes_;
  TableWriter table_;
  TableWriter index_;
  std::vector<std::uint64_t> slices_;
  std::uint64_t indexed_rows_;
};

/// Rows are merged into memory that is used again and again.
class NoTable final : public GmfTable {
 public:
  std::size_t row_bytes() const override { return 0; }
  std::uint64_t size() const override { return 0; }
  std::span<std::byte> reserve(std::size_t) override { return memory_; }
  void commit(std::size_t) override {}
  void append(std::span<const std::byte>) override {}
  void end_batch(std::span<const std::uint64_t>) override {}
  void checkpoint() override {}
  void finish() override {}
  double seconds_writing() const override { return 0; }

 private:
  std::vector<std::byte> memory_ = std::vector<std::byte>(std::size_t{1} << 20);
};

}  // namespace

BatchHead head_of(const GmfBatch& batch) {
  BatchHead head;
  head.events = batch.rows_per_event.size();
  head.rows =
      std::accumulate(batch.rows_per_event.begin(), batch.rows_per_event.end(), std::uint64_t{0});
  head.row_bytes = head.rows > 0 ? batch.rows.size() / head.rows : 0;
  core::validate(
      head.rows * head.row_bytes == batch.rows.size(), core::ErrorKind::internal,
      fmt::format("a batch is not whole ({} rows announced, {} bytes), count the rows of "
                  "each event",
                  head.rows, batch.rows.size()));
  return head;
}

std::unique_ptr<GmfSink> make_single_writer(const comm::Communicator& comm, File* file,
                                            const core::RowType& row,
                                            const core::Attributes& table_attributes, Start start) {
  std::unique_ptr<GmfTable> table;
  comm::agree(comm, [&] {
    if (comm.is_root()) table = std::make_unique<FileTable>(*file, row, table_attributes, start);
  });
  return comm.is_root() ? make_root_sink(comm, std::move(table)) : make_sender_sink(comm);
}

std::unique_ptr<GmfSink> make_null_sink(const comm::Communicator& comm) {
  return comm.is_root() ? make_root_sink(comm, std::make_unique<NoTable>())
                        : make_sender_sink(comm);
}

}  // namespace shakefield::store
