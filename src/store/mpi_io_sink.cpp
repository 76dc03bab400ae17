// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>

#include "file_table.hpp"
#include "packing_plan.hpp"
#include "row_buffer.hpp"
#include "run_exchange.hpp"
#include "shakefield/comm/shared_file.hpp"

// Root alone changes the structure of the file: it extends the table, and tells all ranks where
// HDF5 has put the new chunks. The ranks merge the rows of their chunks, as those that pack them
// do, and write them there in one collective call a batch. Every call of write() is a meeting of
// all ranks, so that an error of any of them ends it, or the next one, for all.
namespace shakefield::store {
namespace {

class MpiIoSink final : public GmfSink {
 public:
  MpiIoSink(const comm::Communicator& comm, const GmfLayout& layout,
            std::unique_ptr<FileTable> table, const std::filesystem::path& path)
      : comm_(comm),
        layout_(layout),
        slices_per_event_(slices_per_event(layout.storage.num_sites)),
        plan_(PackingPlan::of_all(comm.size(), layout.chunk_rows)),
        table_(std::move(table)),
        file_(comm, path),
        exchange_(comm, layout.row_bytes, nullptr),
        merged_(layout.row_bytes),
        merger_(layout.row_bytes, merged_) {}

  GmfBatch write(GmfBatch batch) override {
    if (ended_) fail_ended();
    guarded([&] {
      rows_of(batch, layout_);
      round_rows(batch.rows, layout_);
      counts_ = count_slices(batch, layout_.row_bytes, slices_per_event_);
    });
    expect_same(batch.rows_per_event.size());
    totals_ = counts_;
    waiting([&] { comm::all_sum(comm_, totals_); });
    const std::uint64_t first_row = rows_;
    for (const std::uint32_t rows : totals_) rows_ += rows;
    guarded([&] { merge(first_row, batch.rows); });
    make_room(first_row);
    pieces_.clear();
    guarded([&] { place_rows(first_row); });
    attempt([&] { file_.write(pieces_); });
    waiting([&] { exchange_.end(); });
    batch.clear();
    return batch;
  }

  void commit() override {
    meet([&] {
      if (table_) table_->checkpoint();
    });
  }

  std::uint64_t finish() override {
    meet([&] {
      if (table_) table_->finish();
    });
    ended_ = true;
    file_.close();
    return rows_;
  }

  void fail(std::exception_ptr error) override {
    if (!error_) error_ = std::move(error);
  }

  Cost cost() const override {
    return {.wait_s = wait_s_ + file_.seconds_waited(),
            .merge_s = merge_s_,
            .write_s = file_.seconds_writing() + (table_ ? table_->seconds_writing() : 0)};
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::uint64_t has_failed = ~std::uint64_t{0};

  template <class Work>
  static void timed(double& seconds, Work work) {
    const auto start = Clock::now();
    work();
    seconds += std::chrono::duration<double>(Clock::now() - start).count();
  }
  template <class Work>
  void waiting(Work work) {
    timed(wait_s_, work);
  }

  /// All ranks do their work, or throw the error of one of them.
  template <class Work>
  void meet(Work work) {
    if (ended_) fail_ended();
    try {
      comm::agree(comm_, [&] {
        if (error_) std::rethrow_exception(error_);
        work();
      });
    } catch (...) {
      ended_ = true;
      file_.close();
      throw;
    }
  }

  /// Ends here for all ranks if one of them has failed, or has another batch.
  void expect_same(std::uint64_t events) {
    std::vector<std::uint64_t> of_ranks;
    waiting([&] { of_ranks = comm::all_gather(comm_, error_ ? has_failed : events); });
    if (of_ranks.front() != has_failed &&
        std::ranges::count(of_ranks, of_ranks.front()) == comm_.size())
      return;
    meet([&] {
      core::validate(std::ranges::count(of_ranks, has_failed) > 0, core::ErrorKind::internal,
                     "ranks disagree about the events of a batch, deal the same batches to all");
    });
  }

  /// The rows of this rank's chunks, in order, come into merged_.
  void merge(std::uint64_t first_row, std::span<const std::byte> own_rows) {
    waiting([&] {
      exchange_.start(plan_.runs(first_row, totals_), counts_, own_rows);
      incoming_ = exchange_.take(remote_rows_);
    });
    timed(merge_s_, [&] {
      merged_.clear();
      for (RunRows& run : incoming_) merger_.merge(run);
    });
  }

  /// Root extends the table; all learn the places of the chunks that are new or were not full.
  void make_room(std::uint64_t first_row) {
    std::vector<std::byte> told;  // nothing but a byte: root has failed
    guarded([&] {
      if (!table_) return;
      table_->add_events(rows_per_event());
      places_ = table_->make_room(first_row / layout_.chunk_rows, rows_);
      const auto bytes = std::as_bytes(std::span(places_));
      told.assign(bytes.begin(), bytes.end());
    });
    if (table_ && error_) told.resize(1);
    waiting([&] { comm::broadcast(comm_, told); });
    if (told.size() == 1) meet([] {});
    places_.resize(told.size() / sizeof(std::uint64_t));
    std::memcpy(places_.data(), told.data(), told.size());
  }

  /// Where in the file the merged rows go.
  void place_rows(std::uint64_t first_row) {
    const std::uint64_t first_chunk = first_row / layout_.chunk_rows;
    std::span<const std::byte> left = merged_.rows();
    for (const RunRows& incoming : incoming_)
      for (std::uint64_t row = incoming.run.first_row; row < incoming.run.last_row;) {
        const std::uint64_t chunk = row / layout_.chunk_rows;
        const std::uint64_t end = std::min((chunk + 1) * layout_.chunk_rows, incoming.run.last_row);
        const auto piece = left.first((end - row) * layout_.row_bytes);
        pieces_.push_back(
            {places_[chunk - first_chunk] + row % layout_.chunk_rows * layout_.row_bytes, piece});
        left = left.subspan(piece.size());
        row = end;
      }
  }

  std::span<const std::uint32_t> rows_per_event() {
    counts_.assign(totals_.size() / slices_per_event_, 0);
    for (std::size_t i = 0; i < totals_.size(); ++i) counts_[i / slices_per_event_] += totals_[i];
    return counts_;
  }

  /// An error is kept until all ranks meet.
  template <class Work>
  void attempt(Work work) {
    try {
      work();
    } catch (...) {
      fail(std::current_exception());
    }
  }
  template <class Work>
  void guarded(Work work) {
    if (!error_) attempt(work);
  }

  comm::Communicator comm_;
  GmfLayout layout_;
  std::size_t slices_per_event_;
  PackingPlan plan_;
  std::unique_ptr<FileTable> table_;  ///< root
  comm::SharedFile file_;
  RunExchange exchange_;
  RowBuffer merged_;
  RunMerger merger_;
  std::uint64_t rows_ = 0;
  std::vector<std::uint32_t> counts_;  ///< [S] of this rank
  std::vector<std::uint32_t> totals_;  ///< [S] of all ranks
  std::span<RunRows> incoming_;
  std::vector<std::byte> remote_rows_;
  std::vector<std::uint64_t> places_;  ///< of the chunks of the batch, bytes in the file
  std::vector<comm::SharedFile::Piece> pieces_;
  bool ended_ = false;
  std::exception_ptr error_;  ///< this rank's own
  double wait_s_ = 0, merge_s_ = 0;
};

}  // namespace

std::unique_ptr<GmfSink> make_mpi_io_sink(const comm::Communicator& comm, const GmfLayout& layout,
                                          std::unique_ptr<FileTable> table,
                                          const std::filesystem::path& path) {
  return std::make_unique<MpiIoSink>(comm, layout, std::move(table), path);
}

}  // namespace shakefield::store
