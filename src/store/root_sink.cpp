// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>
#include <optional>

#include "gmf_stream.hpp"
#include "shakefield/comm/stream.hpp"

namespace shakefield::store {
namespace {

/// Root's own rows of a batch: all at hand.
class OwnRows final : public RowSource {
 public:
  explicit OwnRows(std::span<const std::byte> rows) : rows_(rows) {}
  std::span<const std::byte> available() override { return rows_; }
  void advance(std::size_t bytes) override { rows_ = rows_.subspan(bytes); }

 private:
  std::span<const std::byte> rows_;
};

/// What another rank sends, batch by batch.
class RemoteRows final : public RowSource {
 public:
  RemoteRows(comm::BlockReceiver& receiver, int rank) : receiver_(receiver), rank_(rank) {}

  /// Waits for head and counts of the next batch.
  void open_batch() {
    receive(&head_, sizeof head_);
    rows_per_event_.resize(head_.events);
    receive(rows_per_event_.data(), head_.events * sizeof(std::uint32_t));
    to_come_bytes_ = head_.rows * head_.row_bytes;
    block_ = {};
  }
  /// Takes what is left of the batch and drops it.
  void drain() {
    while (to_come_bytes_ > 0) next_block();
  }
  std::span<const std::byte> available() override {
    if (block_.empty()) next_block();
    return block_;
  }
  void advance(std::size_t bytes) override { block_ = block_.subspan(bytes); }

  int rank() const { return rank_; }
  const BatchHead& head() const { return head_; }
  std::span<const std::uint32_t> rows_per_event() const { return rows_per_event_; }

 private:
  void next_block() {
    block_ = receiver_.next(rank_);
    to_come_bytes_ -= block_.size();
  }
  void receive(void* to, std::size_t bytes) {
    auto* at = static_cast<std::byte*>(to);
    while (bytes > 0) {
      const std::span<const std::byte> block = receiver_.next(rank_);
      std::memcpy(at, block.data(), block.size());
      at += block.size();
      bytes -= block.size();
    }
  }

  comm::BlockReceiver& receiver_;
  int rank_;
  BatchHead head_;
  std::vector<std::uint32_t> rows_per_event_;
  std::size_t to_come_bytes_ = 0;
  std::span<const std::byte> block_;
};

/// Root's end. A batch is merged when root hands over the next one: by then the other ranks have
/// had the time of a whole batch to send theirs, so root seldom waits.
class RootSink final : public GmfSink {
 public:
  RootSink(const comm::Communicator& comm, std::unique_ptr<GmfTable> table)
      : comm_(comm), table_(std::move(table)), answers_(comm, answers_tag) {
    rows_ = table_->size();
    receiver_.emplace(comm_, rows_tag, block_bytes(comm_), blocks_per_rank);
    for (int rank = 1; rank < comm_.size(); ++rank) remotes_.emplace_back(*receiver_, rank);
  }

  GmfBatch write(GmfBatch batch) override {
    if (ended_) fail_ended();
    const bool was_abandoned = abandoned_;
    settle();
    if (was_abandoned) end();
    std::swap(pending_, batch);
    has_pending_ = true;
    if (comm_.size() == 1) {  // nobody to wait for: the rows are still in the cache
      take_batch();
      std::swap(pending_, batch);
    }
    batch.clear();
    return batch;
  }

  void commit() override {
    if (ended_) fail_ended();
    settle();
    ended_ = true;  // unless all goes well
    comm::agree(comm_, [&] {
      if (error_) std::rethrow_exception(error_);
      if (!abandoned_) table_->checkpoint();
    });
    ended_ = false;
  }

  std::uint64_t finish() override {
    if (ended_) fail_ended();
    settle();
    end();
    comm::broadcast(comm_, rows_);
    return rows_;
  }

  void fail(std::exception_ptr error) override {
    if (!error_) error_ = std::move(error);
  }

  Cost cost() const override {
    const double wait_s = receiver_wait_s();
    const double write_s = table_->seconds_writing();
    return {.wait_s = wait_s,
            .merge_s = std::max(0.0, taking_s_ - wait_s - write_s),
            .write_s = write_s};
  }

 private:
  /// Takes the batch of the last write(), if there was one, and answers.
  void settle() {
    abandoned_ = abandoned_ || error_;
    if (has_pending_) return take_batch();
    for (const RemoteRows& remote : remotes_) answer(remote);
  }

  void answer(const RemoteRows& remote) {
    const auto state = abandoned_ ? BatchState::abandoned : BatchState::taken;
    answers_.post(remote.rank(), static_cast<std::uint64_t>(state));
  }

  /// Merges root's batch with the other ranks' rows, or, if something has failed, takes their rows
  /// and drops them; then answers. So no rank ever waits for an answer in vain.
  void take_batch() {
    const auto start = std::chrono::steady_clock::now();
    for (RemoteRows& remote : remotes_) {
      remote.open_batch();
      abandoned_ = abandoned_ || remote.head().failed;
    }
    if (!abandoned_) {
      try {
        merge(pending_);
      } catch (...) {
        fail(std::current_exception());
        abandoned_ = true;
      }
    }
    for (RemoteRows& remote : remotes_) remote.drain();
    for (const RemoteRows& remote : remotes_) answer(remote);
    has_pending_ = false;
    taking_s_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  void merge(const GmfBatch& own) {
    const BatchHead head = head_of(own);
    std::size_t row_bytes = table_->row_bytes();
    expect_like(head, head.events, row_bytes);
    for (const RemoteRows& remote : remotes_) expect_like(remote.head(), head.events, row_bytes);
    OwnRows own_rows(own.rows);
    rows_per_event_.assign(head.events, 0);
    if (remotes_.empty()) {
      rows_per_event_.assign(own.rows_per_event.begin(), own.rows_per_event.end());
      if (!own.rows.empty()) table_->append(own.rows);
    } else {
      RowMerger merger(row_bytes, *table_);
      std::vector<RowMerger::Share> shares(1 + remotes_.size());
      for (std::size_t event = 0; event < head.events; ++event) {
        shares[0] = {&own_rows, own.rows_per_event[event]};
        for (std::size_t i = 0; i < remotes_.size(); ++i)
          shares[i + 1] = {&remotes_[i], remotes_[i].rows_per_event()[event]};
        for (const RowMerger::Share& share : shares) rows_per_event_[event] += share.rows;
        merger.merge(shares);
      }
    }
    for (const std::uint64_t rows : rows_per_event_) rows_ += rows;
    table_->end_batch(rows_per_event_);
  }

  /// Takes over the row's size from the first batch that has rows, if the table does not care.
  static void expect_like(const BatchHead& head, std::uint64_t events, std::size_t& row_bytes) {
    if (row_bytes == 0) row_bytes = head.row_bytes;
    core::validate(head.events == events && (head.rows == 0 || head.row_bytes == row_bytes),
                   core::ErrorKind::internal,
                   fmt::format("ranks disagree about a batch ({} events of rows of {} bytes, "
                               "expected {} of {}), deal the same batches to all",
                               head.events, head.row_bytes, events, row_bytes));
  }

  /// Ends the table and meets the other ranks; throws if any of them failed.
  void end() {
    ended_ = true;
    ended_wait_s_ = receiver_wait_s();
    receiver_.reset();
    comm::agree(comm_, [&] {
      if (error_) std::rethrow_exception(error_);
      if (!abandoned_) table_->finish();
    });
  }

  double receiver_wait_s() const { return receiver_ ? receiver_->seconds_waited() : ended_wait_s_; }

  comm::Communicator comm_;
  std::unique_ptr<GmfTable> table_;
  std::optional<comm::BlockReceiver> receiver_;
  comm::Notices answers_;
  std::vector<RemoteRows> remotes_;
  GmfBatch pending_;
  bool has_pending_ = false;
  bool abandoned_ = false;  ///< no more rows go into the table
  bool ended_ = false;
  std::exception_ptr error_;  ///< root's own
  std::vector<std::uint64_t> rows_per_event_;
  std::uint64_t rows_ = 0;
  double taking_s_ = 0;
  double ended_wait_s_ = 0;
};

}  // namespace

std::unique_ptr<GmfSink> make_root_sink(const comm::Communicator& comm,
                                        std::unique_ptr<GmfTable> table) {
  return std::make_unique<RootSink>(comm, std::move(table));
}

}  // namespace shakefield::store
