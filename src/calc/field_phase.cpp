// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "field_phase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "dropped_so_far.hpp"
#include "field_setup.hpp"
#include "outside_ranges.hpp"
#include "resume.hpp"

namespace shakefield::calc {
namespace {

constexpr std::size_t num_representatives = 2000;
/// What each rank holds of an event besides its rows: so many events fill a batch, too.
constexpr double event_bytes = 128;

std::vector<core::StreamKey> between_keys(const job::Parameters& p) {
  std::vector<core::StreamKey> keys;
  for (const core::Imt& imt : p.imts)
    keys.push_back(core::StreamKey::make(p.ses_seed, core::Component::between, imt.name()));
  return keys;
}

}  // namespace

/// Consecutive events whose rows travel together.
struct FieldPhase::Batch {
  field::FieldRows fields;
  std::vector<field::EventSpec> events;
  std::vector<std::uint64_t> rupture_keys;  ///< [events]
  double estimated_rows = 0;
};

/// Sums of makers that gave their tiles back.
struct FieldPhase::Retired {
  field::FieldCounts counts;
  std::vector<field::OutsideCounts> outside;  ///< [models]
  DroppedPart dropped;
};

FieldPhase::FieldPhase(const comm::Communicator& comm, const job::Job& job,
                       const RunOptions& options, store::File* file, const Checkpoint& start)
    : comm_(comm),
      job_(job),
      options_(options),
      file_(file),
      start_(start.position),
      models_(model_table(job.tree)),
      batch_(std::make_unique<Batch>()),
      orders_(comm),
      maxima_(comm),
      clock_(options.commit_interval_s),
      makes_commits_(makes_commits(job.parameters)),
      section_{.mark = start_.section,
               .first_rupture = start_.section_rupture,
               .fraction_before = start_.fraction},
      num_ruptures_(start_.section_rupture),
      num_events_(start_.next_event) {
  stream_ = make_event_stream(comm, job, models_);
  stream_->seek(start_.section);
  const bool resumes = start_.sessions > 1;
  const store::Start how = resumes ? store::Start::resume : store::Start::anew;
  comm::agree(comm_, [&] {
    if (file_) tables_ = std::make_unique<EventTables>(*file_, job_, how);
    reductions_ = make_reductions(comm_, job_, num_events_);
    if (job_.parameters.makes_fields()) prepare_fields();
  });
  if (job_.parameters.ground_motion_fields)
    sink_ = store::make_gmf_writer(comm_, file_, field::row_type(job_.parameters.imts),
                                   {{"axes", std::vector<std::string>{"row"}}}, how,
                                   storage_of(job_, comm_.size()));
  if (sink_ && options.wrap_sink) sink_ = options.wrap_sink(std::move(sink_));
  reserve_rows();
  if (resumes) restore(start);
}

FieldPhase::~FieldPhase() = default;

void FieldPhase::prepare_fields() {
  const auto timing = timers_.scope("prepare");
  const job::Parameters& p = job_.parameters;
  tiles_ = site::make_tiles(job_.sites, p.tile_sites(job_.sites.size()));
  if (!p.ground_motion_fields) writing_share_ = 0;
  work_ = estimate_work(tiles_, stream_->representatives(num_representatives), p.maximum_distance);
  deal_ = calc::deal(work_, static_cast<std::size_t>(comm_.size()), writing_share_);
  make_maker(deal_);
}

void FieldPhase::make_maker(const Deal& deal) {
  std::vector<site::Tile> own;
  for (const std::size_t t : deal.tiles[static_cast<std::size_t>(comm_.rank())])
    own.push_back(tiles_[t]);

  auto models = bound_models(models_, job_);
  total_only_.clear();
  for (const auto& model : models)
    total_only_.push_back(model->info().std_defined == gmm::StdDefined::total_only);
  field::FieldOptions options = field_options(job_);
  for (const auto& reduction : reductions_) options.reducers.push_back(&reduction->reducer());
  maker_ = std::make_unique<field::FieldMaker>(job_.sites, std::move(own), std::move(options),
                                               std::move(models), job_.parameters.maximum_distance);
}

/// Keeps what the maker counted, before its tiles go to other ranks.
void FieldPhase::retire_maker() {
  auto sum = std::make_unique<Retired>();
  sum->counts = counts();
  sum->outside = outside();
  if (retired_) sum->dropped = std::move(retired_->dropped);
  if (keeps_dropped())
    add(sum->dropped, {maker_->own_sites(), maker_->take_dropped()}, dropped_shape());
  retired_ = std::move(sum);
  maker_.reset();
}

/// Seconds that this rank has computed and stored so far, without waiting for others.
FieldPhase::Spent FieldPhase::spent() const {
  return {timers_.seconds("fields"), timers_.seconds("send and write") - sink_->cost().wait_s};
}

/// Deals the tiles anew as writing turns out to cost: after four batches, then whenever the ranks
/// worked `usual_interval_s` or so, since sources differ. No number depends on who owns a tile.
/// Correlated fields stay as dealt: their factors are large.
void FieldPhase::rebalance() {
  constexpr double usual_interval_s = 0.3;
  constexpr double worth_it = 0.05;
  constexpr double smallest_share = -0.9;  // root packs no chunks, the others do
  if (comm_.size() == 1 || !job_.parameters.correlation_model.empty()) return;
  if (++batches_since_deal_ < deal_interval_) return;
  const Spent now = spent();
  const std::vector<double> computing =
      comm::all_gather(comm_, now.computing_s - at_deal_.computing_s);
  const std::vector<double> storing = comm::all_gather(comm_, now.storing_s - at_deal_.storing_s);
  at_deal_ = now;
  double busy_s = 0;  // of the busiest rank
  for (std::size_t r = 0; r < computing.size(); ++r)
    busy_s = std::max(busy_s, computing[r] + storing[r]);
  const double longer = std::clamp(usual_interval_s / std::max(busy_s, 1e-9), 0.5, 2.0);
  deal_interval_ =
      std::max<std::uint64_t>(4, std::llround(static_cast<double>(batches_since_deal_) * longer));
  batches_since_deal_ = 0;
  const double computing_s = std::accumulate(computing.begin(), computing.end(), 0.0);
  const double others_s = std::accumulate(storing.begin() + 1, storing.end(), 0.0) /
                          static_cast<double>(comm_.size() - 1);
  if (computing[0] <= 0) return;
  // Root should compute so long that all ranks are busy equally long, and computed for its part of
  // the work as dealt.
  const auto ranks = static_cast<double>(comm_.size());
  const double wanted_s = (computing_s - (ranks - 1) * (storing[0] - others_s)) / ranks;
  const double part =
      (1 - (ranks - 1) * writing_share_) / ranks * std::clamp(wanted_s / computing[0], 0.5, 2.0);
  const double share = std::max((1 - ranks * part) / (ranks - 1), smallest_share);
  if (std::abs(share - writing_share_) < worth_it) return;
  writing_share_ = share;
  note_failure([&] {
    const auto timing = timers_.scope("prepare");
    const Deal deal = calc::deal(work_, static_cast<std::size_t>(comm_.size()), share);
    retire_maker();
    make_maker(deal);
  });
}

/// Takes over what earlier sessions counted. Ranks share it whatever their number was then.
void FieldPhase::restore(const Checkpoint& start) {
  const auto all = std::as_bytes(std::span(start.counts));
  std::vector<std::byte> bytes(all.begin(), all.end());
  comm::broadcast(comm_, bytes);
  std::vector<field::FieldCounts> counts(bytes.size() / sizeof(field::FieldCounts));
  std::memcpy(counts.data(), bytes.data(), bytes.size());
  retired_ = std::make_unique<Retired>();
  for (auto r = static_cast<std::size_t>(comm_.rank()); r < counts.size();
       r += static_cast<std::size_t>(comm_.size())) {
    retired_->counts += counts[r];
  }
  retired_->outside = start.outside;
  retired_->outside.resize(models_.models.size());
  comm::agree(comm_, [&] {
    if (file_ && keeps_dropped()) retired_->dropped = read_dropped_so_far(*file_, dropped_shape());
  });
  for (const auto& reduction : reductions_) reduction->restore(file_, maker_->own_sites());
}

void FieldPhase::run() {
  const double cpu_before = core::process_cpu_seconds();
  try {
    run_sections();
  } catch (const comm::AgreedError&) {
    settle();
    throw;
  }
  settle();
  if (sink_) {
    if (failure_) sink_->fail(failure_);
    num_rows_ = sink_->finish();
  }
  note_failure([&] {
    if (tables_) tables_->finish();
  });
  agree();
  if (sink_) write_dropped();
  for (const auto& reduction : reductions_) {
    const auto timing = timers_.scope("reductions");
    reduction->write(file_);
  }
  // Waiting ranks sleep, so that the processor time is the time they were busy.
  timers_.entry("busy") = core::process_cpu_seconds() - cpu_before;
}

void FieldPhase::run_sections() {
  if (makes_commits_) commit();  // so that there is something to go on with from now on
  for (;;) {
    section_ = {.mark = stream_->mark(),
                .first_rupture = num_ruptures_,
                .fraction_before = stream_->fraction()};
    std::vector<RuptureEvents> section;
    {
      const auto timing = timers_.scope("draw events");
      section = stream_->next();
    }
    if (section.empty()) break;
    note_failure([&] {
      // A run that is gone on with may have them already.
      if (!tables_ || tables_->num_ruptures() > num_ruptures_) return;
      const auto timing = timers_.scope("write tables");
      tables_->add_ruptures(section);
    });
    run_section(section);
    num_ruptures_ += section.size();
  }
  close_batch();
}

double FieldPhase::estimated_rows(const RuptureEvents& rupture) const {
  return sites_in_reach(tiles_, rupture.rupture, job_.parameters.maximum_distance);
}

/// Events that the batch has room for: whole blocks of samples, which share calls of the generator.
std::uint32_t FieldPhase::events_that_fit(double batch_rows, double rows_per_event) const {
  constexpr double most = 1e9;
  const double room = std::max(batch_rows - batch_->estimated_rows, 0.0);
  const auto blocks = static_cast<std::uint32_t>(
      std::min(room / std::max(rows_per_event, 1.0), most) / field::samples_per_block);
  return std::max(blocks, std::uint32_t{1}) * static_cast<std::uint32_t>(field::samples_per_block);
}

void FieldPhase::run_section(const std::vector<RuptureEvents>& section) {
  const auto row_bytes = static_cast<double>(field::row_type(job_.parameters.imts).bytes);
  const double batch_rows = job_.parameters.batch_bytes(comm_.size()) / row_bytes;
  const double rows_like_an_event = event_bytes * comm_.size() / row_bytes;
  std::vector<field::EventSpec> specs;
  std::uint64_t rupture_id = num_ruptures_;
  section_.first_event = section.front().first_event;
  section_.num_events =
      section.back().first_event + section.back().occurrences - section_.first_event;
  section_.fraction_after = stream_->fraction();
  for (const RuptureEvents& rupture : section) {
    const double rows_per_event = rows_like_an_event + (maker_ ? estimated_rows(rupture) : 0);
    // A run that is gone on with has made the first events.
    for (std::uint64_t first = std::max(num_events_, rupture.first_event) - rupture.first_event;
         first < rupture.occurrences;) {
      const auto sample = static_cast<std::uint32_t>(first);
      const std::uint32_t count =
          std::min(events_that_fit(batch_rows, rows_per_event), rupture.occurrences - sample);
      specs.clear();
      stream_->describe(rupture, sample, count, specs);
      if (tables_)
        for (const field::EventSpec& event : specs)
          tables_->add_event(event, rupture_id, stream_->time(rupture, event));
      if (maker_) {
        const auto timing = timers_.scope("fields");
        make_fields(rupture, specs);
      }
      batch_->events.insert(batch_->events.end(), specs.begin(), specs.end());
      batch_->rupture_keys.resize(batch_->events.size(), rupture.key);
      batch_->estimated_rows += rows_per_event * count;
      num_events_ += count;
      first += count;
      if (batch_->estimated_rows < batch_rows) continue;
      close_batch();
      report();
    }
    ++rupture_id;
  }
  report();
}

/// Share of the event set that is done.
double FieldPhase::fraction() const {
  if (section_.num_events == 0) return section_.fraction_before;
  const double share = static_cast<double>(num_events_ - section_.first_event) /
                       static_cast<double>(section_.num_events);
  return section_.fraction_before + share * (section_.fraction_after - section_.fraction_before);
}

void FieldPhase::report() const {
  if (comm_.is_root())
    options_.progress.report({"ground-motion fields", fraction(), 1, "event set"});
}

/// Does this rank's own work unless it has failed before. An error is kept, since the others go on:
/// they hear of it through the sink, or where all agree.
template <class Work>
void FieldPhase::note_failure(Work&& work) {
  try {
    if (!failure_) work();
  } catch (...) {
    failure_ = std::current_exception();
  }
}

void FieldPhase::agree() {
  comm::agree(comm_, [&] {
    if (failure_) std::rethrow_exception(failure_);
  });
}

void FieldPhase::make_fields(const RuptureEvents& rupture,
                             const std::vector<field::EventSpec>& events) {
  const std::size_t rows_before = batch_->fields.rows_per_event.size();
  note_failure([&] { maker_->make(rupture.rupture, rupture.key, events, batch_->fields); });
  if (!failure_) return;
  // The ranks go on in step with empty events until they hear of it.
  batch_->fields.rows_per_event.resize(rows_before + events.size(), 0);
  batch_->fields.rows.clear();
  std::fill(batch_->fields.rows_per_event.begin(), batch_->fields.rows_per_event.end(), 0);
  batch_->fields.max_tau.resize(batch_->fields.rows_per_event.size() * job_.parameters.imts.size(),
                                0.0f);
}

void FieldPhase::close_batch() {
  if (batch_->events.empty()) return;
  // The sink tells of failures; without it root has to hear of them so.
  const bool wants_end = options_.must_stop() || (failure_ && !sink_);
  batch_->fields.max_tau.push_back(wants_end ? 1.0f : 0.0f);
  maxima_.push(std::exchange(batch_->fields.max_tau, {}));
  awaited_.push_back({std::exchange(batch_->events, {}), std::exchange(batch_->rupture_keys, {})});
  batch_->estimated_rows = 0;
  for (const auto& reduction : reductions_) reduction->end_batch(num_events_);
  if (sink_) {
    if (failure_) sink_->fail(failure_);
    const auto timing = timers_.scope("send and write");
    store::GmfBatch empty =
        sink_->write({std::move(batch_->fields.rows), std::move(batch_->fields.rows_per_event)});
    batch_->fields.rows = std::move(empty.rows);
    batch_->fields.rows_per_event = std::move(empty.rows_per_event);
    reserve_rows();
  }
  if (maxima_.num_under_way() > batches_behind) take_maxima();
  note_failure([&] {
    if (tables_) tables_->flush();
  });
  follow(orders_.exchange(next_order()));
  if (sink_) rebalance();
}

/// Room for the rows of a batch, of which only what is filled takes memory: it does not grow by
/// copies, which would leave holes.
void FieldPhase::reserve_rows() {
  if (sink_)
    batch_->fields.rows.reserve(
        static_cast<std::size_t>(job_.parameters.batch_bytes(comm_.size())));
}

/// Takes what the ranks sent of the oldest batch under way.
void FieldPhase::take_maxima() {
  std::vector<float> tau = maxima_.pop();
  must_stop_ = must_stop_ || tau.back() > 0;
  tau.pop_back();
  const EventKeys events = std::move(awaited_.front());
  awaited_.pop_front();
  if (sink_) note_failure([&] { write_residuals(events, tau); });
}

/// Takes all that is under way between the ranks.
void FieldPhase::settle() {
  orders_.settle();
  while (maxima_.num_under_way() > 0) take_maxima();
  maxima_.settle();
}

/// What root wants; other ranks have no say.
Order FieldPhase::next_order() const {
  if (!file_) return Order::go_on;
  if (must_stop_) return Order::stop;
  return makes_commits_ && clock_.is_due(file_->held_bytes()) ? Order::commit : Order::go_on;
}

void FieldPhase::follow(Order order) {
  if (order == Order::go_on) return;
  if (makes_commits_) commit();
  if (order == Order::commit) return;
  agree();
  throw comm::AgreedError(makes_commits_ ? stopped_by_signal(position(), job_.path, options_.output)
                                         : stopped_for_good(position(), options_.output));
}

Position FieldPhase::position() const {
  Position p = start_;
  p.next_event = num_events_;
  p.section = section_.mark;
  p.section_rupture = section_.first_rupture;
  p.fraction = fraction();
  p.elapsed_s +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_time_).count();
  return p;
}

/// Brings all that was made so far into the file, and what is needed to go on behind it. An error
/// of root's is heard of as any other.
void FieldPhase::commit() {
  const auto timing = timers_.scope("commit");
  clock_.begin();
  while (maxima_.num_under_way() > 0) take_maxima();
  if (sink_) {
    if (failure_) sink_->fail(failure_);
    sink_->commit();
  } else {
    agree();
  }
  const Checkpoint checkpoint{position(), counts_of_ranks(comm_, counts()),
                              sum_over_ranks(comm_, outside())};
  if (keeps_dropped()) {
    std::vector<DroppedView> views{{maker_->own_sites(), &maker_->dropped()}};
    if (retired_) views.push_back({retired_->dropped.sites, &retired_->dropped.sums});
    write_dropped_so_far(comm_, file_, views, dropped_shape());
  }
  for (const auto& reduction : reductions_) reduction->commit(file_);
  note_failure([&] {
    if (!file_) return;
    tables_->checkpoint();
    commit_checkpoint(*file_, checkpoint);
  });
  clock_.end();
}

void FieldPhase::write_residuals(const EventKeys& keys_of, std::span<float> max_tau) {
  if (!tables_) return;
  const std::size_t num_imts = job_.parameters.imts.size();
  const std::vector<core::StreamKey> keys = between_keys(job_.parameters);
  const field::Truncation truncation{job_.parameters.truncation_between};
  std::vector<float> eta(num_imts);
  for (std::size_t e = 0; e < keys_of.events.size(); ++e) {
    const field::EventSpec& event = keys_of.events[e];
    const std::span<float> tau = max_tau.subspan(e * num_imts, num_imts);
    if (total_only_[event.model]) std::ranges::fill(tau, std::numeric_limits<float>::quiet_NaN());
    for (std::size_t m = 0; m < num_imts; ++m)
      eta[m] = field::between_residual(keys[m], keys_of.rupture_keys[e], event.sample, truncation);
    tables_->add_residuals(event, tau, eta);
  }
}

store::GmfSink::Cost FieldPhase::sink_cost() const {
  store::GmfSink::Cost cost = sink_ ? sink_->cost() : store::GmfSink::Cost{};
  cost.wait_s += orders_.seconds_waited() + maxima_.seconds_waited();
  return cost;
}

field::FieldCounts FieldPhase::counts() const {
  field::FieldCounts sum = retired_ ? retired_->counts : field::FieldCounts{};
  if (maker_) sum += maker_->counts();
  return sum;
}

std::vector<field::OutsideCounts> FieldPhase::outside() const {
  if (!maker_) return {};
  std::vector<field::OutsideCounts> sum = maker_->outside();
  if (retired_) add(sum, retired_->outside);
  return sum;
}

void FieldPhase::write_dropped() {
  if (!keeps_dropped()) return;
  std::vector<DroppedPart> parts;
  if (retired_) parts.push_back(std::move(retired_->dropped));
  parts.push_back({maker_->own_sites(), maker_->take_dropped()});
  calc::write_dropped(comm_, file_, parts, dropped_shape());
}

/// What is not stored at all is not said to be dropped.
bool FieldPhase::keeps_dropped() const {
  const job::Parameters& p = job_.parameters;
  return p.ground_motion_fields && !p.minimum_intensity.empty();
}

DroppedShape FieldPhase::dropped_shape() const {
  return {job_.sites.size(), job_.tree.realizations.size(), job_.parameters.imts.size()};
}

}  // namespace shakefield::calc
