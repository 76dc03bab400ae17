// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/sampling.hpp"

#include <algorithm>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <limits>
#include <numeric>
#include <unordered_set>

#include "shakefield/core/hash.hpp"
#include "shakefield/core/philox.hpp"

namespace shakefield::source {

namespace {

/// 64 bits a draw instead of 32: with 32, means below 1e-8 would round to "never" or to a few per
/// cent of themselves.
class WideSequence {
 public:
  using result_type = std::uint64_t;
  WideSequence(core::StreamKey key, std::uint64_t event_key) : words_(key, event_key) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    const result_type high = words_();
    return high << 32 | words_();
  }

 private:
  core::PhiloxSequence words_;
};

using Trials = std::vector<std::uint32_t>;

/// What a stream of a group or a source is for; ruptures have keys of their own.
enum class Purpose : std::uint64_t { happens = 1, cluster, choice };

core::StreamKey stream_key(std::uint64_t seed) {
  return core::StreamKey::make(seed, core::Component::occurrence);
}

/// Uniform number that belongs to a trial alone.
double uniform_of(std::uint64_t seed, std::uint64_t key, Purpose purpose, std::uint64_t trial) {
  const auto words = core::philox_block(
      stream_key(seed), core::combine64(key, static_cast<std::uint64_t>(purpose)), trial);
  return core::uniform_open(words[0]);
}

double uniform(WideSequence& random) {
  return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

std::uint32_t uniform_below(std::uint32_t n, WideSequence& random) {
  return std::min(n - 1, static_cast<std::uint32_t>(uniform(random) * n));
}

/// Number of the weight in whose share of [0, 1) u lies; the number of weights if beyond their sum.
std::size_t pick(std::span<const double> weights, double u) {
  std::size_t i = 0;
  for (double sum = 0; i < weights.size(); ++i)
    if (u < (sum += weights[i])) break;
  return i;
}

std::uint32_t poisson(double mean, WideSequence& random) {
  if (mean <= 0) return 0;
  return boost::random::poisson_distribution<std::uint32_t>(mean)(random);
}

Trials anywhere(std::uint32_t count, std::uint32_t num_trials, WideSequence& random) {
  Trials trials(count);
  for (std::uint32_t& trial : trials) trial = uniform_below(num_trials, random);
  return trials;
}

/// `count` different trials (Floyd's algorithm; Bentley & Floyd 1987, doi:10.1145/30401.315746).
Trials different(std::uint32_t count, std::uint32_t num_trials, WideSequence& random) {
  std::unordered_set<std::uint32_t> taken;
  Trials trials;
  for (std::uint32_t last = num_trials - count; last < num_trials; ++last) {
    const std::uint32_t one = uniform_below(last + 1, random);
    trials.push_back(taken.insert(one).second ? one : last);
    taken.insert(trials.back());
  }
  return trials;
}

/// Occurrences of a rupture with probabilities p_k of k occurrences in a trial.
Trials by_probabilities(std::span<const double> probs, std::uint32_t num_trials,
                        WideSequence& random) {
  const double some = 1 - probs.front();
  if (some <= 0) return {};
  boost::random::binomial_distribution<std::int64_t> hits(num_trials, std::min(1.0, some));
  Trials trials;
  for (const std::uint32_t trial :
       different(static_cast<std::uint32_t>(hits(random)), num_trials, random)) {
    const std::size_t more = pick(probs.subspan(1), some * uniform(random));
    trials.insert(trials.end(), 1 + std::min(more, probs.size() - 2), trial);
  }
  return trials;
}

/// Occurrences with a mean and a variance of mean + alpha mean^2 in each trial: a gamma-Poisson
/// number in all, dealt to the trials by Polya's urn (Johnson & Kotz 1977): an event joins an
/// earlier one, or goes to any trial.
Trials negative_binomial(double mean, double alpha, std::uint32_t num_trials,
                         WideSequence& random) {
  const double shape = num_trials / alpha;
  boost::random::gamma_distribution<double> level(shape, alpha * mean);
  const std::uint32_t count = poisson(level(random), random);
  Trials trials;
  for (std::uint32_t event = 0; event < count; ++event) {
    const bool joins = uniform(random) * (shape + event) >= shape;
    trials.push_back(joins ? trials[uniform_below(event, random)]
                           : uniform_below(num_trials, random));
  }
  return trials;
}

/// Trials in which a group lets one of its sources break; as often as the cluster occurs in them.
Trials open_trials(const GroupMember& member, const SamplingOptions& options) {
  const SourceGroup& group = *member.group;
  Trials happens;
  if (group.is_cluster && group.cluster_rate) {
    WideSequence random(stream_key(options.seed),
                        core::combine64(member.key, static_cast<std::uint64_t>(Purpose::cluster)));
    happens = anywhere(poisson(*group.cluster_rate * options.effective_time_yr, random),
                       options.num_trials, random);
  } else {
    for (std::uint32_t trial = 0; trial < options.num_trials; ++trial)
      if (uniform_of(options.seed, member.key, Purpose::happens, trial) < group.probability)
        happens.push_back(trial);
  }
  if (group.source_weights.empty()) return happens;
  Trials own;
  for (std::size_t i = 0; i < happens.size(); ++i) {
    const double u = uniform_of(options.seed, member.key, Purpose::choice, i);
    if (pick(group.source_weights, u) == member.number) own.push_back(happens[i]);
  }
  return own;
}

}  // namespace

std::uint64_t rupture_key(std::uint64_t source_key, std::size_t index) {
  return core::combine64(source_key, index);
}

OccurrenceSampler::OccurrenceSampler(const Source& source, std::uint64_t source_key,
                                     const SamplingOptions& options, const GroupMember& member)
    : source_(source), source_key_(source_key), options_(options) {
  if (member.group == nullptr || member.group->is_plain()) return;
  occurs_once_ = member.group->is_cluster;
  open_trials_ = open_trials(member, options);
  if (member.group->ruptures == Interdependence::independent) return;
  const std::span<const double> weights = source.rupture_weights();
  const std::size_t count = source.num_ruptures();
  for (std::size_t i = 0; i < open_trials_->size(); ++i) {
    const double u = uniform_of(options.seed, source_key, Purpose::choice, i);
    chosen_.push_back(weights.empty() ? static_cast<std::size_t>(u * static_cast<double>(count))
                                      : pick(weights, u));
  }
}

bool OccurrenceSampler::is_poissonian() const {
  return !open_trials_ && source_.temporal_model().kind == TemporalModel::Kind::poisson &&
         (source_.num_ruptures() == 0 || source_.probs_occur(0).empty());
}

std::vector<SampledRupture> OccurrenceSampler::sample(std::size_t first, std::size_t last) const {
  std::vector<SampledRupture> sampled;
  const bool by_rate = is_poissonian();
  source_.for_each_rate(first, last, [&](std::size_t index, double mag, double rate) {
    if (mag < options_.minimum_magnitude) return;
    std::uint32_t occurrences = 0;
    if (by_rate) {
      WideSequence random(stream_key(options_.seed), rupture_key(source_key_, index));
      occurrences = poisson(rate * options_.effective_time_yr, random);
    } else {
      occurrences = static_cast<std::uint32_t>(draw_trials(index, rate).size());
    }
    if (occurrences > 0) sampled.push_back({index, occurrences});
  });
  return sampled;
}

std::vector<std::uint32_t> OccurrenceSampler::trials(std::size_t index) const {
  if (is_poissonian()) return {};
  return draw_trials(index, rate_of(index));
}

double OccurrenceSampler::rate_of(std::size_t index) const {
  double found = 0;
  source_.for_each_rate(index, index + 1, [&](std::size_t, double, double rate) { found = rate; });
  return found;
}

std::vector<std::uint32_t> OccurrenceSampler::draw_trials(std::size_t index, double rate) const {
  Trials open;  // in which this rupture may break; not used if that is all
  if (!chosen_.empty()) {
    for (std::size_t i = 0; i < chosen_.size(); ++i)
      if (chosen_[i] == index) open.push_back((*open_trials_)[i]);
  } else if (open_trials_) {
    open = *open_trials_;
  }
  const auto num_open =
      open_trials_ ? static_cast<std::uint32_t>(open.size()) : options_.num_trials;
  Trials drawn;
  const TemporalModel& model = source_.temporal_model();
  const double mean = rate * options_.effective_time_yr / options_.num_trials;
  WideSequence random(stream_key(options_.seed), rupture_key(source_key_, index));
  if (num_open == 0) return {};
  if (occurs_once_ ||
      (source_.probs_occur(index).empty() && model.kind == TemporalModel::Kind::fated)) {
    drawn.resize(num_open);
    std::iota(drawn.begin(), drawn.end(), 0U);
  } else if (const auto probs = source_.probs_occur(index); !probs.empty()) {
    drawn = by_probabilities(probs, num_open, random);
  } else if (model.kind == TemporalModel::Kind::negative_binomial) {
    drawn = negative_binomial(mean, model.alpha, num_open, random);
  } else {
    drawn = anywhere(poisson(mean * num_open, random), num_open, random);
  }
  if (open_trials_)
    for (std::uint32_t& trial : drawn) trial = open[trial];
  std::ranges::sort(drawn);
  return drawn;
}

std::vector<SampledRupture> sample_occurrences(const Source& source, std::uint64_t source_key,
                                               std::size_t first, std::size_t last,
                                               const SamplingOptions& options) {
  return OccurrenceSampler(source, source_key, options).sample(first, last);
}

}  // namespace shakefield::source
