// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <exception>

#include "chunk_packer.hpp"
#include "gmf_table.hpp"

namespace shakefield::store {
namespace {

/// One rank alone: rows go into chunks, or are written, from where they lie.
class SerialSink final : public GmfSink {
 public:
  SerialSink(const GmfLayout& layout, std::unique_ptr<GmfTable> table)
      : layout_(layout),
        codec_(make_codec(layout.storage.codec, layout.row_bytes)),
        table_(std::move(table)),
        packer_(layout.row_bytes, layout.chunk_rows, *codec_,
                [this](std::span<const std::byte> packed) {
                  const std::uint64_t chunk = full_chunks_++;
                  table_->put(chunk, packed, full_chunks_ * layout_.chunk_rows);
                }),
        full_chunks_(table_->first_rows() / layout.chunk_rows) {
    packer_.append(table_->first_partial_chunk());
  }

  GmfBatch write(GmfBatch batch) override {
    guarded([&] {
      rows_of(batch, layout_);
      round_rows(batch.rows, layout_);
      packer_.append(batch.rows);
      table_->add_events(batch.rows_per_event);
    });
    batch.clear();
    return batch;
  }

  void commit() override {
    guarded([&] {
      put_partial();
      table_->checkpoint();
    });
  }

  std::uint64_t finish() override {
    guarded([&] {
      put_partial();
      table_->finish();
    });
    ended_ = true;
    return rows();
  }

  void fail(std::exception_ptr error) override {
    if (!error_) error_ = std::move(error);
  }

  Cost cost() const override {
    return {.pack_s = packer_.seconds_packing(), .write_s = table_->seconds_writing()};
  }

 private:
  std::uint64_t rows() const { return full_chunks_ * layout_.chunk_rows + packer_.filled_rows(); }

  void put_partial() {
    const std::span<const std::byte> packed = packer_.pack_partial();
    if (!packed.empty()) table_->put(full_chunks_, packed, rows());
  }

  /// An error ends the sink. It is thrown as ranks throw one on which they agree.
  template <class Work>
  void guarded(Work work) {
    if (ended_) fail_ended();
    ended_ = true;
    comm::agree({}, [&] {
      if (error_) std::rethrow_exception(error_);
      work();
    });
    ended_ = false;
  }

  GmfLayout layout_;
  std::unique_ptr<Codec> codec_;
  std::unique_ptr<GmfTable> table_;
  ChunkPacker packer_;
  std::uint64_t full_chunks_;
  bool ended_ = false;
  std::exception_ptr error_;
};

}  // namespace

std::unique_ptr<GmfSink> make_serial_sink(const GmfLayout& layout,
                                          std::unique_ptr<GmfTable> table) {
  return std::make_unique<SerialSink>(layout, std::move(table));
}

}  // namespace shakefield::store
