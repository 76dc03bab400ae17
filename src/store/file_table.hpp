// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chunked_dataset.hpp"
#include "gmf_table.hpp"

namespace shakefield::store {

/// /gmf_data/table, and /gmf_data/index with the slice of each event.
class FileTable final : public GmfTable {
 public:
  FileTable(File& file, const core::RowType& row, core::Attributes attributes, Start start,
            const GmfStorage& storage);

  std::uint64_t first_rows() const override { return table_.first_rows(); }
  const std::vector<std::byte>& first_partial_chunk() const override {
    return table_.first_partial_chunk();
  }
  void put(std::uint64_t chunk, std::span<const std::byte> packed, std::uint64_t rows) override {
    table_.put(chunk, packed, rows);
  }
  /// As ChunkedDataset::make_room().
  std::vector<std::uint64_t> make_room(std::uint64_t first_chunk, std::uint64_t rows) {
    return table_.make_room(first_chunk, rows);
  }
  void add_events(std::span<const std::uint32_t> rows_per_event) override;
  void checkpoint() override { index_.checkpoint(); }
  void finish() override;
  double seconds_writing() const override {
    return table_.seconds_writing() + index_.seconds_writing();
  }

 private:
  ChunkedDataset table_;
  TableWriter index_;
  std::vector<std::uint64_t> slices_;
  std::uint64_t indexed_rows_;
};

}  // namespace shakefield::store
