// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <span>
#include <vector>

#include "checkpoint.hpp"
#include "commit_clock.hpp"
#include "dropped_table.hpp"
#include "event_stream.hpp"
#include "event_tables.hpp"
#include "late_maxima.hpp"
#include "orders.hpp"
#include "reduction.hpp"
#include "shakefield/calc/run.hpp"
#include "shakefield/core/timer.hpp"
#include "shakefield/store/gmf_sink.hpp"
#include "work.hpp"

namespace shakefield::calc {

/// Draws all events, makes their fields batch by batch and hands the rows to the sink; commits the
/// file between batches. Collective.
class FieldPhase {
 public:
  /// `file` is null on all ranks but root. Without `ground_motion_fields` the tables are written,
  /// and what the job wants of fields that are not stored. Goes on behind `start`, of which the
  /// other ranks need the position only.
  FieldPhase(const comm::Communicator& comm, const job::Job& job, const RunOptions& options,
             store::File* file, const Checkpoint& start);
  ~FieldPhase();

  /// Throws Error{interrupted} on all ranks once options.must_stop() was true on any of them.
  void run();

  /// As dealt before the run.
  const Deal& deal() const { return deal_; }
  field::FieldCounts counts() const;
  /// [models] of this rank.
  std::vector<field::OutsideCounts> outside() const;
  std::uint64_t num_ruptures() const { return num_ruptures_; }
  std::uint64_t num_events() const { return num_events_; }
  std::uint64_t num_rows() const { return num_rows_; }
  core::Timers& timers() { return timers_; }
  /// Waiting for what ranks tell each other besides the rows is in it.
  store::GmfSink::Cost sink_cost() const;

 private:
  struct Batch;
  struct Retired;
  /// Events of a batch whose largest tau is under way.
  struct EventKeys {
    std::vector<field::EventSpec> events;
    std::vector<std::uint64_t> rupture_keys;  ///< [events]
  };
  /// Part of the event set that is drawn at once.
  struct Section {
    EventStream::Mark mark;
    std::uint64_t first_rupture = 0, first_event = 0, num_events = 0;
    double fraction_before = 0, fraction_after = 0;  ///< of the event set
  };
  struct Spent {
    double computing_s = 0, storing_s = 0;
  };
  void prepare_fields();
  void restore(const Checkpoint& start);
  void make_maker(const Deal& deal);
  void retire_maker();
  Spent spent() const;
  void rebalance();
  void run_sections();
  void run_section(const std::vector<RuptureEvents>& section);
  std::uint32_t events_that_fit(double batch_rows, double rows_per_event) const;
  void report() const;
  double fraction() const;
  Position position() const;
  Order next_order() const;
  void follow(Order order);
  void commit();
  void make_fields(const RuptureEvents& rupture, const std::vector<field::EventSpec>& events);
  void close_batch();
  void reserve_rows();
  void take_maxima();
  void settle();
  void write_residuals(const EventKeys& keys_of, std::span<float> max_tau);
  void agree();
  template <class Work>
  void note_failure(Work&& work);
  bool keeps_dropped() const;
  DroppedShape dropped_shape() const;
  void write_dropped();
  double estimated_rows(const RuptureEvents& rupture) const;

  const comm::Communicator& comm_;
  const job::Job& job_;
  const RunOptions& options_;
  store::File* file_;
  Position start_;
  std::chrono::steady_clock::time_point start_time_ = std::chrono::steady_clock::now();
  ModelTable models_;
  std::vector<bool> total_only_;  ///< [models] gives the total deviation only
  std::unique_ptr<EventStream> stream_;
  std::unique_ptr<EventTables> tables_;  ///< root
  std::vector<site::Tile> tiles_;
  std::vector<double> work_;  ///< [tiles] estimated
  Deal deal_;
  double writing_share_ = usual_writing_share;
  std::uint64_t batches_since_deal_ = 0, deal_interval_ = 4;
  Spent at_deal_;
  std::vector<std::unique_ptr<Reduction>> reductions_;
  std::unique_ptr<field::FieldMaker> maker_;
  std::unique_ptr<Retired> retired_;  ///< what makers of earlier deals counted
  std::unique_ptr<store::GmfSink> sink_;
  std::unique_ptr<Batch> batch_;
  std::exception_ptr failure_;  ///< of this rank, kept until all ranks agree
  core::Timers timers_;
  Orders orders_;
  LateMaxima maxima_;              ///< of tau, and 1 behind them if a rank must stop
  std::deque<EventKeys> awaited_;  ///< as in maxima_
  bool must_stop_ = false;         ///< as root has heard of it
  CommitClock clock_;
  bool makes_commits_;
  Section section_;
  std::uint64_t num_ruptures_ = 0, num_events_ = 0, num_rows_ = 0;
};

}  // namespace shakefield::calc
