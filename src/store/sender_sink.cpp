// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <exception>

#include "gmf_stream.hpp"
#include "shakefield/comm/stream.hpp"

namespace shakefield::store {
namespace {

/// The other ranks' end: batches are sent from where they lie.
class SenderSink final : public GmfSink {
 public:
  explicit SenderSink(const comm::Communicator& comm)
      : comm_(comm), rows_(comm, rows_tag, block_bytes(comm)), answers_(comm, answers_tag) {}

  GmfBatch write(GmfBatch batch) override {
    if (ended_) fail_ended();
    const BatchHead head = checked_head(batch);
    if (sent_ > 0 && await_answer() == BatchState::abandoned) end();
    Slot& slot = slots_[sent_ % batches_under_way];
    GmfBatch empty = std::move(slot.batch);
    empty.clear();
    slot.head = head;
    slot.batch = std::move(batch);
    send(slot);
    return empty;
  }

  void commit() override {
    if (ended_) fail_ended();
    end();
    ended_ = false;
  }

  std::uint64_t finish() override {
    if (ended_) fail_ended();
    end();
    std::uint64_t rows = 0;
    comm::broadcast(comm_, rows);
    return rows;
  }

  void fail(std::exception_ptr error) override {
    if (!error_) error_ = std::move(error);
  }

  Cost cost() const override {
    return {.wait_s = rows_.seconds_waited() + answers_.seconds_waited()};
  }

 private:
  struct Slot {
    BatchHead head;
    GmfBatch batch;
    std::uint64_t ticket = 0;
  };

  /// A batch that is not whole is a failure like any other. Empties the batch after a failure.
  BatchHead checked_head(GmfBatch& batch) {
    try {
      if (!error_) return head_of(batch);
    } catch (const core::Error&) {
      fail(std::current_exception());
    }
    batch.clear();
    return {.failed = 1};
  }

  void send(Slot& slot) {
    rows_.send(std::as_bytes(std::span(&slot.head, 1)));
    rows_.send(std::as_bytes(std::span(slot.batch.rows_per_event)));
    // Blocks end at whole rows, so that root can merge them where they lie.
    std::span<const std::byte> rows = slot.batch.rows;
    const std::size_t whole =
        rows.empty() ? 0 : block_bytes(comm_) / slot.head.row_bytes * slot.head.row_bytes;
    while (!rows.empty()) {
      const auto block = rows.first(std::min(rows.size(), whole));
      rows_.send(block);
      rows = rows.subspan(block.size());
    }
    slot.ticket = rows_.send({});
    ++sent_;
  }

  /// Root is done with the oldest batch under way (none at the first answer): its memory is free
  /// again.
  BatchState await_answer() {
    const auto state = static_cast<BatchState>(answers_.next());
    if (heard_ > 0) rows_.wait(slots_[(heard_ - 1) % batches_under_way].ticket);
    ++heard_;
    return state;
  }

  /// Awaits the rest and meets the other ranks; throws if any of them failed.
  void end() {
    ended_ = true;
    while (heard_ < sent_ + 1) await_answer();
    sent_ = heard_ = 0;
    comm::agree(comm_, [&] {
      if (error_) std::rethrow_exception(error_);
    });
  }

  comm::Communicator comm_;
  comm::SpanSender rows_;
  comm::Notices answers_;
  std::array<Slot, batches_under_way> slots_;
  std::uint64_t sent_ = 0;   ///< batches
  std::uint64_t heard_ = 0;  ///< answers
  bool ended_ = false;
  std::exception_ptr error_;  ///< this rank's own
};

}  // namespace

std::unique_ptr<GmfSink> make_sender_sink(const comm::Communicator& comm) {
  return std::make_unique<SenderSink>(comm);
}

}  // namespace shakefield::store
