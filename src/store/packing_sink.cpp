// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

#include "chunk_packer.hpp"
#include "gmf_table.hpp"
#include "packing_plan.hpp"
#include "run_exchange.hpp"
#include "run_merger.hpp"
#include "shakefield/comm/exchange.hpp"
#include "shakefield/comm/node_memory.hpp"
#include "shakefield/comm/stream.hpp"
#include "shakefield/core/error.hpp"

// How the rows of several ranks become chunks of one table. A batch takes five calls of write(); in
// each call a rank serves the batches that are under way from the newest to the oldest:
//
//   write(k)      all tell root their rows by slice (BatchHead, u32 [S])
//   write(k + 1)  root adds them up and tells all (a BatchState, u32 [S]): the plan
//   write(k + 2)  all read the plan, which says who packs which rows, and send them to the packers,
//                 or say where they lie in the memory of the node
//   write(k + 3)  packers merge, pack, and send the chunks that are full to root
//   write(k + 4)  root appends them; the batch's memory is free again
//
// A rank waits only for what others do in an earlier call, or (for room to send a chunk) earlier in
// root's same call, so nobody waits in a ring. Each message has its partner whatever fails: a
// packer that has failed sends empty chunks, and batches after a failure are planned as abandoned.
namespace shakefield::store {
namespace {

using core::ErrorKind;

constexpr int heads_tag = 101;
constexpr int states_tag = 102;
constexpr int totals_tag = 103;
constexpr int chunks_tag = 106;  // 104 and 105: RunExchange
constexpr std::size_t head_block_bytes = std::size_t{16} << 10;
constexpr int last_age = most_batches_under_way - 1;  ///< of a batch, in calls
constexpr std::size_t buffers = 2;                    ///< of a stream, each end

struct BatchHead {
  std::uint64_t failed = 0;  ///< 1: the rank has failed; the batch is empty, as all that follow
  std::uint64_t events = 0;
  std::uint64_t slices = 0;
};

enum class BatchState : std::uint64_t { taken, abandoned };

/// A batch under way. Its memory is used again for later ones.
struct Flight {
  Flight(const comm::Communicator& comm, std::size_t row_bytes, const comm::NodeMemory* node,
         std::span<std::byte> shared)
      : shared_room(shared), exchange(comm, row_bytes, node), totals_out(comm) {}

  GmfBatch batch;
  std::span<const std::byte> rows;   ///< the batch's, or in the memory of the node
  std::span<std::byte> shared_room;  ///< in the memory of the node
  BatchHead head;
  std::vector<std::uint32_t> counts;  ///< [S] of this rank
  std::vector<std::uint32_t> totals;  ///< [S] of all ranks
  std::uint64_t head_ticket = 0;
  bool abandoned = false;
  std::uint64_t first_row = 0, last_row = 0;  ///< in the table
  RunExchange exchange;
  comm::Exchange totals_out;  ///< root
  int age = 0;                ///< calls since it was handed over
};

class PackingSink final : public GmfSink {
 public:
  PackingSink(const comm::Communicator& comm, const GmfLayout& layout,
              std::unique_ptr<GmfTable> table)
      : comm_(comm),
        layout_(layout),
        slices_per_event_(slices_per_event(layout.storage.num_sites)),
        plan_(comm.size(), layout.chunk_rows, layout.storage.codec.kind),
        table_(std::move(table)),
        states_(comm, states_tag),
        codec_(make_codec(layout.storage.codec, layout.row_bytes)),
        packer_(layout.row_bytes, layout.chunk_rows, *codec_,
                [this](std::span<const std::byte> packed) { put(packed); }),
        merger_(layout.row_bytes, packer_) {
    const std::size_t chunk_bytes = largest_packed_bytes(layout.row_bytes * layout.chunk_rows);
    const std::vector<int> remote_packers = plan_.remote_packers();
    if (comm_.is_root()) {
      heads_in_.emplace(comm_, heads_tag, head_block_bytes, buffers);
      if (!remote_packers.empty())
        chunks_in_.emplace(comm_, chunks_tag, chunk_bytes, buffers, remote_packers);
    } else {
      heads_out_.emplace(comm_, heads_tag, head_block_bytes);
      if (plan_.packs(comm_.rank())) chunks_out_.emplace(comm_, chunks_tag, chunk_bytes, buffers);
    }
    share_memory();
    begin();
  }

  GmfBatch write(GmfBatch batch) override {
    if (ended_) fail_ended();
    const bool told_before = told_;
    std::unique_ptr<Flight> flight = next_flight();
    GmfBatch empty = std::exchange(flight->batch, std::move(batch));
    flight->age = 0;
    flights_.push_back(std::move(flight));
    step();
    // Of rows that were copied into the memory of the node the batch is free again.
    Flight& newest = *flights_.back();
    if (newest.rows.data() != newest.batch.rows.data()) std::swap(empty, newest.batch);
    // Root tells one call before the others read it: all end in the same one.
    if (comm_.is_root() ? told_before : told_) end(true, [] {});
    empty.clear();
    return empty;
  }

  void commit() override {
    if (ended_) fail_ended();
    end(false, [&] { table_->checkpoint(); });
    ended_ = false;
  }

  std::uint64_t finish() override {
    if (ended_) fail_ended();
    end(true, [&] { table_->finish(); });
    return rows_;
  }

  void fail(std::exception_ptr error) override {
    if (!error_) error_ = std::move(error);
  }

  Cost cost() const override {
    return {.wait_s = wait_s(),
            .merge_s = merge_s_,
            .pack_s = packer_.seconds_packing(),
            .write_s = table_ ? table_->seconds_writing() : 0};
  }

 private:
  /// Room for the batches under way, if others of the node may pack this rank's rows. It is filled,
  /// so that the system cannot run out of it later, and packers have all of it from the start.
  void share_memory() {
    const std::size_t bytes = most_batches_under_way * layout_.storage.shared_batch_bytes;
    if (bytes == 0) return;
    node_.emplace(comm_, bytes);
    if (plan_.is_served_by_others(comm_.rank())) {
      shared_ = node_->own();
      std::ranges::fill(shared_, std::byte{});
    }
    comm::barrier(comm_);
    for (int rank = 0; plan_.packs(comm_.rank()) && rank < comm_.size(); ++rank)
      if (plan_.is_served_by_others(rank)) node_->touch(rank);
  }

  /// Root's partial chunk goes to the rank that packs it.
  void begin() {
    std::vector<std::byte> partial;
    if (table_) {
      rows_ = table_->first_rows();
      partial = table_->first_partial_chunk();
    }
    comm::broadcast(comm_, rows_);
    comm::broadcast(comm_, partial);
    if (comm_.rank() == plan_.packer_of(rows_ / layout_.chunk_rows)) packer_.append(partial);
  }

  std::unique_ptr<Flight> next_flight() {
    if (!spare_.empty()) {
      std::unique_ptr<Flight> flight = std::move(spare_.back());
      spare_.pop_back();
      return flight;
    }
    std::span<std::byte> room;
    if (shared_.size() >= layout_.storage.shared_batch_bytes) {
      room = shared_.first(layout_.storage.shared_batch_bytes);
      shared_ = shared_.subspan(room.size());
    }
    return std::make_unique<Flight>(comm_, layout_.row_bytes, node_ ? &*node_ : nullptr, room);
  }

  /// Serves each batch under way once.
  void step() {
    for (auto at = flights_.rbegin(); at != flights_.rend(); ++at) {
      Flight& flight = **at;
      switch (flight.age++) {
        case 0:
          announce(flight);
          break;
        case 1:
          if (comm_.is_root()) make_plan(flight);
          break;
        case 2:
          if (!comm_.is_root()) read_plan(flight);
          if (!flight.abandoned)
            flight.exchange.start(plan_.runs(flight.first_row, flight.totals), flight.counts,
                                  flight.rows);
          break;
        case 3:
          if (!flight.abandoned) pack(flight);
          break;
        default:
          if (!flight.abandoned && comm_.is_root()) take_chunks(flight);
          waiting([&] { flight.exchange.end(); });
          waiting([&] { flight.totals_out.wait(); });
          if (heads_out_) heads_out_->wait(flight.head_ticket);
      }
    }
    if (flights_.empty() || flights_.front()->age <= last_age) return;
    spare_.push_back(std::move(flights_.front()));
    flights_.pop_front();
  }

  /// A batch that is not whole is a failure like any other. The batch is empty after a failure.
  void announce(Flight& flight) {
    guarded([&] {
      rows_of(flight.batch, layout_);
      round_rows(flight.batch.rows, layout_);
      flight.counts = count_slices(flight.batch, layout_.row_bytes, slices_per_event_);
      flight.head = {0, flight.batch.rows_per_event.size(), flight.counts.size()};
    });
    if (error_) {
      flight.batch.clear();
      flight.counts.clear();
      flight.head = {.failed = 1};
    }
    flight.rows = flight.batch.rows;
    if (!flight.rows.empty() && flight.rows.size() <= flight.shared_room.size()) {
      std::ranges::copy(flight.rows, flight.shared_room.begin());
      flight.rows = flight.shared_room.first(flight.rows.size());
    }
    if (!heads_out_) return;
    heads_out_->send(std::as_bytes(std::span(&flight.head, 1)));
    flight.head_ticket = heads_out_->send(std::as_bytes(std::span(flight.counts)));
  }

  void receive_head(int rank, void* to, std::size_t bytes) {
    auto* at = static_cast<std::byte*>(to);
    while (bytes > 0) {
      const std::span<const std::byte> block = heads_in_->next(rank);
      std::memcpy(at, block.data(), block.size());
      at += block.size();
      bytes -= block.size();
    }
  }

  /// Root: rows of all ranks by slice, told to all.
  void make_plan(Flight& flight) {
    flight.totals = flight.counts;
    abandoned_ = abandoned_ || error_;
    for (int rank = 1; rank < comm_.size(); ++rank) {
      BatchHead head;
      receive_head(rank, &head, sizeof head);
      counts_.resize(head.slices);
      receive_head(rank, counts_.data(), head.slices * sizeof(std::uint32_t));
      abandoned_ = abandoned_ || head.failed;
      guarded([&] {
        core::validate(
            abandoned_ || (head.events == flight.head.events && head.slices == flight.head.slices),
            ErrorKind::internal,
            fmt::format("ranks disagree about a batch ({} events, expected {}), deal "
                        "the same batches to all",
                        head.events, flight.head.events));
      });
      abandoned_ = abandoned_ || error_;
      if (!abandoned_)
        std::ranges::transform(flight.totals, counts_, flight.totals.begin(), std::plus());
    }
    if (!abandoned_) guarded([&] { table_->add_events(rows_per_event(flight)); });
    flight.abandoned = told_ = abandoned_ = abandoned_ || error_;
    const auto state = flight.abandoned ? BatchState::abandoned : BatchState::taken;
    for (int rank = 1; rank < comm_.size(); ++rank) {
      states_.post(rank, static_cast<std::uint64_t>(state));
      if (!flight.abandoned)
        flight.totals_out.send(rank, totals_tag, std::as_bytes(std::span(flight.totals)));
    }
    count_rows(flight);
  }

  std::span<const std::uint32_t> rows_per_event(const Flight& flight) {
    if (slices_per_event_ == 1) return flight.totals;
    counts_.assign(flight.head.events, 0);
    for (std::size_t i = 0; i < flight.totals.size(); ++i)
      counts_[i / slices_per_event_] += flight.totals[i];
    return counts_;
  }

  void read_plan(Flight& flight) {
    flight.abandoned = static_cast<BatchState>(states_.next()) == BatchState::abandoned;
    told_ = told_ || flight.abandoned;
    if (flight.abandoned) return;
    flight.totals.resize(flight.counts.size());
    comm::Exchange totals(comm_);
    totals.receive(0, totals_tag, std::as_writable_bytes(std::span(flight.totals)));
    waiting([&] { totals.wait(); });
    count_rows(flight);
  }

  void count_rows(Flight& flight) {
    flight.first_row = rows_;
    if (!flight.abandoned)
      for (const std::uint32_t rows : flight.totals) rows_ += rows;
    flight.last_row = rows_;
  }

  /// Packer: takes the other ranks' rows, merges them with its own, packs and sends what fills a
  /// chunk.
  void pack(Flight& flight) {
    std::span<RunRows> incoming;
    waiting([&] { incoming = flight.exchange.take(remote_rows_); });
    for (RunRows& run : incoming) pack(run);
    flight.exchange.release();
  }

  void pack(RunRows& incoming) {
    const auto start = std::chrono::steady_clock::now();
    const auto others = [this] {
      const Cost c = cost();
      return c.wait_s + c.pack_s + c.write_s;
    };
    const double others_before = others();
    next_chunk_ = incoming.run.first_row / layout_.chunk_rows;
    guarded([&] { merger_.merge(incoming); });
    // Root counts on each chunk.
    while (next_chunk_ < incoming.run.last_row / layout_.chunk_rows) put({});
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    merge_s_ += std::max(0.0, elapsed.count() - (others() - others_before));
  }

  /// The next chunk of this packer; an empty one if it has failed.
  void put(std::span<const std::byte> packed) {
    const std::uint64_t chunk = next_chunk_++;
    if (comm_.is_root()) {
      if (!packed.empty()) write_chunk(chunk, packed, (chunk + 1) * layout_.chunk_rows);
    } else {
      const std::span<std::byte> buffer = chunks_out_->acquire();
      std::ranges::copy(packed, buffer.begin());
      chunks_out_->send(packed.size());
    }
  }

  /// Root: the chunks of other packers.
  void take_chunks(const Flight& flight) {
    for (std::uint64_t chunk = flight.first_row / layout_.chunk_rows;
         chunk < flight.last_row / layout_.chunk_rows; ++chunk)
      take_chunk(chunk, (chunk + 1) * layout_.chunk_rows);
  }

  void take_chunk(std::uint64_t chunk, std::uint64_t rows) {
    const int packer = plan_.packer_of(chunk);
    if (packer == 0) return;
    const std::span<const std::byte> packed = chunks_in_->next(packer);
    if (packed.empty()) abandoned_ = true;
    write_chunk(chunk, packed, rows);
  }

  void write_chunk(std::uint64_t chunk, std::span<const std::byte> packed, std::uint64_t rows) {
    if (!abandoned_) guarded([&] { table_->put(chunk, packed, rows); });
  }

  /// The chunk that is not full goes into the file, and stays with its packer.
  void put_partial() {
    const std::uint64_t chunk = rows_ / layout_.chunk_rows;
    if (rows_ % layout_.chunk_rows == 0) return;
    if (plan_.packer_of(chunk) == comm_.rank()) {
      std::span<const std::byte> packed;
      guarded([&] { packed = packer_.pack_partial(); });
      if (comm_.is_root()) {
        write_chunk(chunk, packed, rows_);
      } else {
        next_chunk_ = chunk;
        put(packed);
      }
    }
    if (comm_.is_root()) take_chunk(chunk, rows_);
  }

  /// Completes what is under way and meets the other ranks; all throw if any of them failed, else
  /// root does its work.
  template <class Work>
  void end(bool for_good, Work work) {
    ended_ = true;
    while (!flights_.empty()) step();
    if (!told_) put_partial();
    try {
      comm::agree(comm_, [&] {
        if (error_) std::rethrow_exception(error_);
        if (table_) work();
      });
    } catch (...) {
      close();
      throw;
    }
    if (for_good) close();
  }

  /// Frees the tags for another sink.
  void close() {
    closed_wait_s_ = wait_s();
    heads_in_.reset();
    chunks_in_.reset();
    heads_out_.reset();
    chunks_out_.reset();
    if (node_) node_->close();
    comm::barrier(comm_);
  }

  double wait_s() const {
    double seconds = states_.seconds_waited() + exchange_wait_s_;
    if (!heads_in_ && !heads_out_) return closed_wait_s_;
    if (heads_in_) seconds += heads_in_->seconds_waited();
    if (chunks_in_) seconds += chunks_in_->seconds_waited();
    if (heads_out_) seconds += heads_out_->seconds_waited();
    if (chunks_out_) seconds += chunks_out_->seconds_waited();
    return seconds;
  }

  template <class Work>
  void waiting(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    exchange_wait_s_ +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  /// An error is kept: the other ranks hear of it with the next head or where all agree.
  template <class Work>
  void guarded(Work work) {
    try {
      if (!error_) work();
    } catch (...) {
      fail(std::current_exception());
    }
  }

  comm::Communicator comm_;
  GmfLayout layout_;
  std::size_t slices_per_event_;
  PackingPlan plan_;
  std::unique_ptr<GmfTable> table_;  ///< root
  std::optional<comm::NodeMemory> node_;
  std::span<std::byte> shared_;  ///< what is left of this rank's part of it
  std::optional<comm::BlockReceiver> heads_in_, chunks_in_;
  std::optional<comm::SpanSender> heads_out_;
  std::optional<comm::BlockSender> chunks_out_;
  comm::Notices states_;
  std::unique_ptr<Codec> codec_;
  ChunkPacker packer_;
  RunMerger merger_;
  std::deque<std::unique_ptr<Flight>> flights_;  ///< the oldest first
  std::vector<std::unique_ptr<Flight>> spare_;
  std::uint64_t rows_ = 0;        ///< of the batches whose plan is known
  std::uint64_t next_chunk_ = 0;  ///< of this packer
  bool abandoned_ = false;        ///< root: nothing more goes into the table
  bool told_ = false;             ///< a plan said so
  bool ended_ = false;
  std::exception_ptr error_;           ///< this rank's own
  std::vector<std::uint32_t> counts_;  ///< scratch
  /// Rows of other ranks, of one batch at a time: memory that stays in the cache.
  std::vector<std::byte> remote_rows_;
  double merge_s_ = 0, exchange_wait_s_ = 0, closed_wait_s_ = 0;
};

}  // namespace

std::unique_ptr<GmfSink> make_packing_sink(const comm::Communicator& comm, const GmfLayout& layout,
                                           std::unique_ptr<GmfTable> table) {
  return std::make_unique<PackingSink>(comm, layout, std::move(table));
}

}  // namespace shakefield::store
