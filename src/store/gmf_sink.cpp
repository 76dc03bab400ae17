// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/gmf_sink.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "file_impl.hpp"
#include "file_table.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::store {
namespace {

constexpr int fewest_bits = 7;

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

void expect_fit_for_mpi_io(const File* file, Start start, const GmfStorage& storage) {
  core::validate(storage.codec.kind == CodecKind::none, core::ErrorKind::config,
                 "gmf_writer = mpi_io was given with a codec (ranks write rows to places that are "
                 "known before, which packed chunks have not), give gmf_codec = none or gmf_writer "
                 "= single");
  core::validate(start == Start::anew && !(file && file->impl().state.in_commits),
                 core::ErrorKind::config,
                 "gmf_writer = mpi_io was given for a file that is written in commits (ranks write "
                 "past them), write it at once or give gmf_writer = single");
}

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

std::unique_ptr<GmfSink> make_gmf_writer(const comm::Communicator& comm, File* file,
                                         const core::RowType& row,
                                         const core::Attributes& table_attributes, Start start,
                                         const GmfStorage& storage) {
  if (storage.writer == GmfWriter::single)
    return make_single_writer(comm, file, row, table_attributes, start, storage);
  GmfLayout layout;
  std::unique_ptr<FileTable> table;
  comm::agree(comm, [&] {
    expect_fit_for_mpi_io(file, start, storage);
    layout = make_layout(row, storage);
    if (comm.is_root() && comm.size() > 1)
      table = std::make_unique<FileTable>(*file, row, table_attributes, start, storage);
  });
  // One rank alone meets nobody.
  if (comm.size() == 1)
    return make_single_writer(comm, file, row, table_attributes, start,
                              {.significant_bits = storage.significant_bits});
  return make_mpi_io_sink(comm, layout, std::move(table), file ? file->path() : "");
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
