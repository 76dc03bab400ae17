// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/gmf_sink.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "chunked_dataset.hpp"
#include "gmf_table.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::store {
namespace {

constexpr std::size_t table_chunk_bytes = std::size_t{1} << 20;
constexpr std::size_t index_chunk_bytes = std::size_t{64} << 10;
constexpr int float_bits = 24;  ///< significant ones, the implicit one included
constexpr int fewest_bits = 7;

core::RowType index_row() {
  core::RowType row;
  row.add("start", core::Scalar::u64).add("stop", core::Scalar::u64);
  return row;
}

GmfLayout make_layout(const core::RowType& row, const GmfStorage& storage) {
  core::validate(storage.significant_bits >= fewest_bits && storage.significant_bits <= float_bits,
                 core::ErrorKind::config,
                 fmt::format("{} significant bits were asked for ({} to {} are possible), choose "
                             "another number",
                             storage.significant_bits, fewest_bits, float_bits));
  GmfLayout layout{row.bytes, std::max<std::size_t>(1, table_chunk_bytes / row.bytes), {}, storage};
  for (const core::Member& member : row.members)
    for (std::size_t i = 0; member.type == core::Scalar::f32 && i < member.count; ++i)
      layout.float_offsets.push_back(member.offset + i * sizeof(float));
  return layout;
}

/// /gmf_data/table, and /gmf_data/index with the slice of each event.
class FileTable final : public GmfTable {
 public:
  FileTable(File& file, const core::RowType& row, core::Attributes attributes, Start start,
            const GmfStorage& storage)
      : table_(file, "/gmf_data/table", row, with_precision(std::move(attributes), storage),
               table_chunk_bytes, *make_codec(storage.codec, row.bytes), start),
        index_(
            file, "/gmf_data/index", index_row(),
            {{"axes", std::vector<std::string>{"event"}},
             {"description", std::string("rows of /gmf_data/table of each event: [start, stop)")}},
            index_chunk_bytes, start, index_codec(storage)),
        indexed_rows_(table_.first_rows()) {}

  std::uint64_t first_rows() const override { return table_.first_rows(); }
  const std::vector<std::byte>& first_partial_chunk() const override {
    return table_.first_partial_chunk();
  }
  void put(std::uint64_t chunk, std::span<const std::byte> packed, std::uint64_t rows) override {
    table_.put(chunk, packed, rows);
  }
  void add_events(std::span<const std::uint32_t> rows_per_event) override {
    slices_.clear();
    for (const std::uint32_t rows : rows_per_event) {
      slices_.push_back(indexed_rows_);
      slices_.push_back(indexed_rows_ += rows);
    }
    index_.append(std::as_bytes(std::span(slices_)));
  }
  void checkpoint() override { index_.checkpoint(); }
  void finish() override {
    table_.close();
    index_.finish();
  }
  double seconds_writing() const override {
    return table_.seconds_writing() + index_.seconds_writing();
  }

 private:
  /// Small, so packed for every reader of HDF5.
  static CodecChoice index_codec(const GmfStorage& storage) {
    return {storage.codec.kind == CodecKind::none ? CodecKind::none : CodecKind::deflate};
  }
  static core::Attributes with_precision(core::Attributes attributes, const GmfStorage& storage) {
    attributes["significant_bits"] = std::int64_t{storage.significant_bits};
    attributes["largest_relative_error"] =
        storage.significant_bits == float_bits ? 0.0 : std::ldexp(1.0, -storage.significant_bits);
    return attributes;
  }

  ChunkedDataset table_;
  TableWriter index_;
  std::vector<std::uint64_t> slices_;
  std::uint64_t indexed_rows_;
};

class NoTable final : public GmfTable {
 public:
  std::uint64_t first_rows() const override { return 0; }
  const std::vector<std::byte>& first_partial_chunk() const override { return nothing_; }
  void put(std::uint64_t, std::span<const std::byte>, std::uint64_t) override {}
  void add_events(std::span<const std::uint32_t>) override {}
  void checkpoint() override {}
  void finish() override {}
  double seconds_writing() const override { return 0; }

 private:
  std::vector<std::byte> nothing_;
};

std::unique_ptr<GmfSink> make_sink(const comm::Communicator& comm, const GmfLayout& layout,
                                   std::unique_ptr<GmfTable> table) {
  return comm.size() == 1 ? make_serial_sink(layout, std::move(table))
                          : make_packing_sink(comm, layout, std::move(table));
}

}  // namespace

std::uint64_t rows_of(const GmfBatch& batch, const GmfLayout& layout) {
  const std::uint64_t rows =
      std::accumulate(batch.rows_per_event.begin(), batch.rows_per_event.end(), std::uint64_t{0});
  core::validate(
      rows * layout.row_bytes == batch.rows.size(), core::ErrorKind::internal,
      fmt::format("a batch is not whole ({} rows of {} bytes announced, {} bytes), count the rows "
                  "of each event",
                  rows, layout.row_bytes, batch.rows.size()));
  return rows;
}

/// To nearest, ties to even. A mantissa that overflows carries into the exponent, as it must;
/// infinities and NaN stay.
void round_rows(std::span<std::byte> rows, const GmfLayout& layout) {
  const int dropped = float_bits - layout.storage.significant_bits;
  if (dropped == 0) return;
  constexpr std::uint32_t exponent = 0x7f800000U;
  const std::uint32_t below_half = (1U << (dropped - 1)) - 1, kept = ~((1U << dropped) - 1);
  for (std::size_t row = 0; row < rows.size(); row += layout.row_bytes)
    for (const std::size_t offset : layout.float_offsets) {
      std::uint32_t bits;
      std::memcpy(&bits, &rows[row + offset], sizeof bits);
      const std::uint32_t odd = bits >> dropped & 1U;
      if ((bits & exponent) != exponent) bits = (bits + below_half + odd) & kept;
      std::memcpy(&rows[row + offset], &bits, sizeof bits);
    }
}

void fail_ended() {
  throw core::Error(core::ErrorKind::internal,
                    "a sink of ground-motion fields was used after its end (finish() or an error), "
                    "make a new one");
}

std::unique_ptr<GmfSink> make_single_writer(const comm::Communicator& comm, File* file,
                                            const core::RowType& row,
                                            const core::Attributes& table_attributes, Start start,
                                            const GmfStorage& storage) {
  GmfLayout layout;
  std::unique_ptr<GmfTable> table;
  comm::agree(comm, [&] {
    layout = make_layout(row, storage);
    if (comm.is_root())
      table = std::make_unique<FileTable>(*file, row, table_attributes, start, storage);
  });
  return make_sink(comm, layout, std::move(table));
}

std::unique_ptr<GmfSink> make_null_sink(const comm::Communicator& comm, const core::RowType& row,
                                        const GmfStorage& storage) {
  return make_sink(comm, make_layout(row, storage),
                   comm.is_root() ? std::make_unique<NoTable>() : nullptr);
}

std::uint64_t packed_bytes(std::span<const std::byte> rows, const core::RowType& row,
                           const GmfStorage& storage) {
  const GmfLayout layout = make_layout(row, storage);
  const std::unique_ptr<Codec> codec = make_codec(storage.codec, row.bytes);
  std::vector<std::byte> rounded(rows.begin(), rows.end());
  round_rows(rounded, layout);
  std::uint64_t bytes = 0;
  const std::size_t chunk_bytes = layout.chunk_rows * layout.row_bytes;
  for (std::span<const std::byte> rest = rounded; !rest.empty();) {
    const auto chunk = rest.first(std::min(chunk_bytes, rest.size()));
    bytes += codec->pack(chunk).size();
    rest = rest.subspan(chunk.size());
  }
  return bytes;
}

}  // namespace shakefield::store
