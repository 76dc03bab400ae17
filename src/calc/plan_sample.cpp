// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "plan_sample.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "field_setup.hpp"
#include "reduction.hpp"
#include "spread_order.hpp"
#include "stopwatch.hpp"
#include "work.hpp"

namespace shakefield::calc {
namespace {

/// Events that share calls of the generator.
constexpr std::uint32_t block_events = field::samples_per_block;

/// What was made.
struct Made {
  double events = 0, rows = 0, pairs = 0, seconds = 0;

  Made& operator+=(const Made& other) {
    events += other.events;
    rows += other.rows;
    pairs += other.pairs;
    seconds += other.seconds;
    return *this;
  }
};

/// Memory for rows as a run has it. Alone a rank fills the same buffer again and again; of several
/// each has some batches under way, so that it fills memory that its cache holds no more.
class RowPool {
 public:
  explicit RowPool(const job::Job& job, int ranks)
      : batch_bytes_(job.parameters.batch_bytes(ranks) / ranks), pool_(ranks == 1 ? 1 : 5) {}

  /// The buffer for the next events.
  field::FieldRows& next() {
    if (static_cast<double>(pool_[current_].rows.size()) >= batch_bytes_) {
      current_ = (current_ + 1) % pool_.size();
      field::FieldRows& oldest = pool_[current_];
      oldest.rows.clear();
      oldest.rows_per_event.clear();
      oldest.max_tau.clear();
    }
    return pool_[current_];
  }

 private:
  double batch_bytes_;
  std::vector<field::FieldRows> pool_;
  std::size_t current_ = 0;
};

/// Makes blocks of events and keeps some of their rows.
class BlockMaker {
 public:
  BlockMaker(const job::Job& job, const EventStream& stream, const ModelTable& models,
             const std::vector<site::Tile>& tiles, const SampleOptions& options,
             FieldSample& sample)
      : stream_(stream),
        num_imts_(static_cast<double>(job.parameters.imts.size())),
        reductions_(make_reductions(alone_, job, 0)),
        maker_(job.sites, tiles, options_for(job, options.purpose), bound_models(models, job),
               job.parameters.maximum_distance),
        pool_(job, options.ranks),
        sample_(sample) {}

  /// Events [first, first + block_events) of a rupture, as far as it has them.
  Made make(RuptureEvents rupture, std::uint32_t first) {
    constexpr std::size_t kept_bytes = std::size_t{8} << 20;
    const Stopwatch watch;
    const double values_before = static_cast<double>(maker_.counts().values);
    rupture.first_event = sample_.num_events - first;  // so that ids are dense over the sample
    specs_.clear();
    stream_.describe(rupture, first, std::min(block_events, rupture.occurrences - first), specs_);
    field::FieldRows& batch = pool_.next();
    const auto bytes_before = static_cast<std::ptrdiff_t>(batch.rows.size());
    const auto events_before = static_cast<std::ptrdiff_t>(batch.rows_per_event.size());
    maker_.make(rupture.rupture, rupture.key, specs_, batch);
    Made made{.events = static_cast<double>(specs_.size()), .seconds = watch.seconds()};
    made.pairs = (static_cast<double>(maker_.counts().values) - values_before) / num_imts_;
    const auto first_count = batch.rows_per_event.begin() + events_before;
    const std::size_t rows =
        std::accumulate(first_count, batch.rows_per_event.end(), std::size_t{0});
    made.rows = static_cast<double>(rows);
    sample_.num_events += specs_.size();
    sample_.num_rows += rows;
    if (sample_.rows.size() < kept_bytes) {
      sample_.rows.insert(sample_.rows.end(), batch.rows.begin() + bytes_before, batch.rows.end());
      sample_.rows_per_sample_event.insert(sample_.rows_per_sample_event.end(), first_count,
                                           batch.rows_per_event.end());
    }
    return made;
  }

 private:
  field::FieldOptions options_for(const job::Job& job, SampleFor purpose) const {
    field::FieldOptions options = field_options(job);
    if (purpose == SampleFor::counts) options.correlation.reset();
    for (const auto& reduction : reductions_) options.reducers.push_back(&reduction->reducer());
    return options;
  }

  const EventStream& stream_;
  double num_imts_;
  comm::Communicator alone_;
  std::vector<std::unique_ptr<Reduction>> reductions_;
  field::FieldMaker maker_;
  RowPool pool_;
  FieldSample& sample_;
  std::vector<field::EventSpec> specs_;
};

/// Some blocks of a rupture. The first one finds its sites and distances, too; so the seconds are
/// those of all its events, scaled to the events that were made.
template <class HasTime>
Made make_rupture(BlockMaker& maker, const RuptureEvents& rupture, std::size_t most_blocks,
                  const HasTime& has_time) {
  const std::uint64_t num_blocks =
      (std::uint64_t{rupture.occurrences} + block_events - 1) / block_events;
  const std::size_t num_made = std::min<std::uint64_t>(num_blocks, most_blocks);
  const std::vector<std::uint32_t> order = spread_order(num_made);
  Made first, others;
  for (std::size_t b = 0; b < num_made; ++b) {
    if (b > 1 && !has_time()) break;
    const std::uint64_t block = order[b] * num_blocks / num_made;
    (b == 0 ? first : others) +=
        maker.make(rupture, static_cast<std::uint32_t>(block * block_events));
  }
  Made sum = first;
  sum += others;
  if (others.events > 0) {
    const double rest_s =
        others.seconds / others.events * (static_cast<double>(rupture.occurrences) - first.events);
    sum.seconds = (first.seconds + rest_s) * sum.events / static_cast<double>(rupture.occurrences);
  }
  return sum;
}

}  // namespace

FieldSample sample_fields(const job::Job& job, const EventStream& stream, const ModelTable& models,
                          const std::vector<site::Tile>& tiles,
                          const std::vector<RuptureEvents>& representatives,
                          const SampleOptions& options) {
  constexpr std::size_t most_blocks = 4096, blocks_of_many = 4;  // of one rupture; with others
  const Stopwatch watch;
  FieldSample sample;
  BlockMaker maker(job, stream, models, tiles, options, sample);
  sample.prepare_s = watch.seconds();
  const std::vector<std::uint32_t> order = spread_order(representatives.size());
  Made start;
  if (options.purpose == SampleFor::times) {  // the first fields take memory for the first time
    FieldSample forgotten;
    std::swap(sample, forgotten);
    start = maker.make(representatives[order.back()], 0);
    std::swap(sample, forgotten);
  }

  const Stopwatch making;
  const auto has_time = [&] { return making.seconds() < options.seconds; };
  const field::Reach& reach = job.parameters.maximum_distance;
  Made sum;  // of one event of each rupture
  double num_ruptures = 0, rough_pairs = 0;
  for (const std::uint32_t number : order) {
    if (num_ruptures > 0 && !has_time()) break;
    const RuptureEvents& rupture = representatives[number];
    const std::size_t most = representatives.size() > 1 ? blocks_of_many : most_blocks;
    const Made made = make_rupture(maker, rupture, most, has_time);
    sum += {1, made.rows / made.events, made.pairs / made.events, made.seconds / made.events};
    rough_pairs += sites_in_reach(tiles, rupture.rupture, reach);
    ++num_ruptures;
  }
  // Bounding spheres say roughly how many sites all representatives reach; the sample, how many of
  // these are.
  double all_rough_pairs = 0;
  for (const RuptureEvents& rupture : representatives)
    all_rough_pairs += sites_in_reach(tiles, rupture.rupture, reach);
  const double scale =
      rough_pairs > 0 ? all_rough_pairs / static_cast<double>(representatives.size()) / rough_pairs
                      : 1 / num_ruptures;
  sample.pairs_per_event = sum.pairs * scale;
  sample.rows_per_event = sum.rows * scale;
  sample.seconds_per_event = sum.seconds * scale;
  sample.begin_s =
      sample.prepare_s + std::max(0.0, start.seconds - start.events * sum.seconds / num_ruptures);
  return sample;
}

}  // namespace shakefield::calc
