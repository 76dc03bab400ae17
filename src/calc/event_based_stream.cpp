// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "event_draws.hpp"
#include "put_bytes.hpp"
#include "rupture_bytes.hpp"
#include "shakefield/source/distant_source.hpp"
#include "shakefield/source/sampling.hpp"

namespace shakefield::calc {
namespace {

/// Ruptures of one source that are drawn together.
struct Unit {
  std::uint32_t source;  ///< row of /sources
  std::size_t first, last;
};

/// A rupture that occurs, as the ranks tell each other.
struct Drawn {
  std::uint32_t unit;
  std::uint32_t occurrences;
  std::uint64_t index;
};

constexpr std::size_t ruptures_per_unit = 512;
/// Of the enumeration, that are drawn at once: a meeting of all ranks for each block.
constexpr std::size_t ruptures_per_block = 8192;
/// That occur, at least: so few that surfaces take a MiB however many years are drawn.
constexpr std::size_t ruptures_per_section = 512;

class EventBasedStream final : public EventStream {
 public:
  EventBasedStream(const comm::Communicator& comm, const job::Job& job, const ModelTable& models)
      : comm_(comm),
        job_(job),
        models_(models),
        draws_(job.parameters),
        sources_(job::path_sources(job)) {
    for (std::uint32_t row = 0; row < sources_.size(); ++row) {
      const std::size_t n = sources_[row].source->num_ruptures();
      for (std::size_t first = 0; first < n; first += ruptures_per_unit)
        units_.push_back({row, first, std::min(n, first + ruptures_per_unit)});
    }
    if (job.share) learn_of_all();
  }

  std::vector<RuptureEvents> next() override {
    // Whole units, the same ones wherever blocks begin.
    std::vector<Drawn> section;
    for (; section.size() < ruptures_per_section && next_unit_ < units_.size(); ++next_unit_) {
      if (next_unit_ == block_end_) draw_block();
      for (; next_drawn_ < drawn_.size() && drawn_[next_drawn_].unit == next_unit_; ++next_drawn_)
        section.push_back(drawn_[next_drawn_]);
    }
    return build(section);
  }

  void describe(const RuptureEvents& rupture, std::uint32_t first, std::uint32_t count,
                std::vector<field::EventSpec>& specs) const override {
    const logictree::SourcePath& path = path_of(rupture.source);
    for (std::uint32_t sample = first; sample < first + count; ++sample) {
      const std::uint32_t in_path = rupture.trials.empty()
                                        ? draws_.realization(rupture, sample, path.num_realizations)
                                        : rupture.trials[sample] / sets_per_realization();
      const std::uint32_t realization = path.first_realization + in_path;
      specs.push_back({rupture.first_event + sample, sample, realization,
                       models_.of[rupture.region][realization]});
    }
  }

  EventTime time(const RuptureEvents& rupture, const field::EventSpec& event) const override {
    return draws_.time(rupture, event);
  }

  double fraction() const override {
    return units_.empty() ? 1
                          : static_cast<double>(next_unit_) / static_cast<double>(units_.size());
  }

  Mark mark() const override { return {next_unit_, num_events_}; }
  void seek(Mark mark) override {
    next_unit_ = block_end_ = mark.unit;
    num_events_ = mark.event;
  }

  std::vector<RuptureEvents> representatives(std::size_t count) const override {
    if (!job_.share) return all_of(pick(count, unit_rates()));
    std::vector<RuptureEvents> some;  // of those that the ranks made together
    const std::size_t known = known_representatives_.size();
    for (std::size_t j = 0; j < std::min(count, known); ++j)
      some.push_back(known_representatives_[j * known / std::min(count, known)]);
    return some;
  }

  Expected expected() override { return job_.share ? known_expected_ : expected_of_own(); }

 private:
  double realization_years() const {
    const job::Parameters& p = job_.parameters;
    return p.investigation_time_yr * static_cast<double>(p.ses_per_logic_tree_path);
  }

  /// Whether the mean number of events of a rupture is its rate times the years.
  bool is_told_by_rates(const Unit& unit) const {
    const source::SourceGroup* group = sources_[unit.source].member.group;
    return (group == nullptr || group->is_plain()) &&
           source(unit).temporal_model().kind != source::TemporalModel::Kind::fated;
  }

  /// A whole number near the mean of Poisson numbers above 0: of the two next to it the one or the
  /// other, so that its inverse is right on average over `number` (a work that is done once for
  /// each rupture is shared by so many events).
  static std::uint32_t typical_occurrences(double mean, std::size_t number) {
    const double if_any = mean > 0 ? mean / -std::expm1(-mean) : 1;
    const double low = std::floor(if_any);
    const double share_of_low = (1 / if_any - 1 / (low + 1)) * low * (low + 1);
    constexpr double golden_ratio = 0.6180339887498949;  // evenly spread however many there are
    const double u = std::fmod(static_cast<double>(number) * golden_ratio, 1.0);
    return static_cast<std::uint32_t>(u < share_of_low ? low : low + 1);
  }

  const source::Source& source(const Unit& unit) const { return *sources_[unit.source].source; }

  double minimum_magnitude(const source::Source& s) const {
    const auto& by_region = job_.parameters.minimum_magnitude;
    auto found = by_region.find(s.tectonic_region());
    if (found == by_region.end()) found = by_region.find("default");
    return found == by_region.end() ? 0 : found->second;
  }

  /// Whether this rank has the ruptures of a unit.
  bool has(const Unit& unit) const {
    return !job_.share || dynamic_cast<const source::DistantSource*>(&source(unit)) == nullptr;
  }

  /// Visits (index, annual rate x realizations of the path) of the ruptures of a unit above the
  /// minimum magnitude.
  template <class Visit>
  void each_rate(const Unit& unit, const Visit& visit) const {
    const double realizations = path_of(unit.source).num_realizations;
    const double least = minimum_magnitude(source(unit));
    source(unit).for_each_rate(unit.first, unit.last,
                               [&](std::size_t index, double mag, double rate) {
                                 if (mag >= least) visit(index, rate * realizations);
                               });
  }

  /// [units] sums of each_rate(); 0 for those that other ranks have.
  std::vector<double> unit_rates() const {
    std::vector<double> rates(units_.size(), 0.0);
    for (std::size_t u = 0; u < units_.size(); ++u)
      if (has(units_[u])) each_rate(units_[u], [&](std::size_t, double rate) { rates[u] += rate; });
    return rates;
  }

  struct Representative {
    std::size_t number;
    RuptureEvents events;
  };
  /// Systematic sampling: number j is the rupture in which the running rate passes (j + 1/2) /
  /// count of the total. Those of the units that this rank has.
  std::vector<Representative> pick(std::size_t count, const std::vector<double>& rates) const {
    const double total = std::accumulate(rates.begin(), rates.end(), 0.0);
    std::vector<Representative> picked;
    std::size_t next = 0;
    const auto passes_next = [&](double sum) {
      return next < count &&
             sum >= (static_cast<double>(next) + 0.5) / static_cast<double>(count) * total;
    };
    double before = 0;
    for (std::size_t u = 0; u < units_.size(); before += rates[u++]) {
      const double after = before + rates[u];
      if (!passes_next(after)) continue;
      if (!has(units_[u])) {
        while (passes_next(after)) ++next;
        continue;
      }
      double sum = before;
      each_rate(units_[u], [&](std::size_t index, double rate) {
        sum += rate;
        if (!passes_next(sum)) return;
        RuptureEvents one = rupture_of(units_[u], index);
        for (; passes_next(sum); ++next) {
          one.occurrences = typical_occurrences(rate * realization_years(), next);
          picked.push_back({next, one});
        }
      });
    }
    return picked;
  }

  static std::vector<RuptureEvents> all_of(std::vector<Representative> picked) {
    std::vector<RuptureEvents> all;
    all.reserve(picked.size());
    for (Representative& one : picked) all.push_back(std::move(one.events));
    return all;
  }

  Expected expected_of_own() {
    Expected sum;
    for (const Unit& unit : units_) {
      if (!has(unit)) continue;
      if (!is_told_by_rates(unit)) {
        for (const source::SampledRupture& r : sampler(unit).sample(unit.first, unit.last)) {
          ++sum.ruptures;
          sum.events += r.occurrences;
        }
        continue;
      }
      const double years = realization_years() * path_of(unit.source).num_realizations;
      const double least = minimum_magnitude(source(unit));
      source(unit).for_each_rate(unit.first, unit.last, [&](std::size_t, double mag, double rate) {
        if (mag < least) return;
        sum.ruptures -= std::expm1(-rate * years);
        sum.events += rate * years;
      });
    }
    return sum;
  }

  /// What must be known of all sources beforehand, where each rank has a part of them. Collective.
  void learn_of_all() {
    constexpr std::size_t num_representatives = 2000;
    std::vector<double> rates = unit_rates();
    std::vector<std::byte> own;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (!has(units_[u])) continue;
      put(own, u);
      put(own, rates[u]);
    }
    for_each_part(own, [&](std::span<const std::byte>& part) {
      std::size_t unit = 0;
      take(part, unit);
      take(part, rates[unit]);
    });
    own.clear();
    for (const Representative& one : pick(num_representatives, rates)) {
      put(own, one.number);
      put(own, one.events.source);
      put(own, one.events.index);
      put(own, one.events.occurrences);
      put_rupture(own, one.events.rupture);
    }
    std::map<std::size_t, RuptureEvents> all;
    for_each_part(own, [&](std::span<const std::byte>& part) {
      std::size_t number = 0;
      RuptureEvents told;
      take(part, number);
      take(part, told.source);
      take(part, told.index);
      take(part, told.occurrences);
      all[number] = events_of(told.source, told.index, take_rupture(part));
      all[number].occurrences = told.occurrences;
    });
    for (auto& [number, events] : all) known_representatives_.push_back(std::move(events));
    const Expected of_own = expected_of_own();
    known_expected_ = {comm::sum(comm_, of_own.ruptures), comm::sum(comm_, of_own.events)};
  }

  /// Sends `own` to all ranks and visits what they sent until nothing is left. Collective.
  template <class Visit>
  void for_each_part(const std::vector<std::byte>& own, const Visit& visit) const {
    for (const std::vector<std::byte>& bytes : comm::all_gather(comm_, own))
      for (std::span<const std::byte> rest(bytes); !rest.empty();) visit(rest);
  }

  /// Draws the units of the next block.
  void draw_block() {
    const std::size_t first = block_end_;
    for (std::size_t ruptures = 0; block_end_ < units_.size() && ruptures < ruptures_per_block;
         ++block_end_)
      ruptures += units_[block_end_].last - units_[block_end_].first;
    drawn_ = draw(first, block_end_);
    next_drawn_ = 0;
  }

  /// Draws the units [first, last): unit u by rank u mod P, or by the rank that has its source; all
  /// ranks get all of them, in order.
  std::vector<Drawn> draw(std::size_t first, std::size_t last) {
    std::vector<Drawn> own;
    const auto ranks = static_cast<std::size_t>(comm_.size());
    for (std::size_t u = first; u < last; ++u) {
      const Unit& unit = units_[u];
      if (job_.share ? !has(unit) : u % ranks != static_cast<std::size_t>(comm_.rank())) continue;
      for (const source::SampledRupture& r : sampler(unit).sample(unit.first, unit.last))
        own.push_back({static_cast<std::uint32_t>(u), r.occurrences, r.index});
    }
    std::vector<Drawn> all;
    for (const std::vector<std::byte>& part :
         comm::all_gather(comm_, std::as_bytes(std::span(own)))) {
      const std::size_t old = all.size();
      all.resize(old + part.size() / sizeof(Drawn));
      if (!part.empty()) std::memcpy(all.data() + old, part.data(), part.size());
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Drawn& a, const Drawn& b) { return a.unit < b.unit; });
    return all;
  }

  std::uint32_t sets_per_realization() const {
    return static_cast<std::uint32_t>(job_.parameters.ses_per_logic_tree_path);
  }
  /// Sampler of a unit's source: the last one is kept, because groups draw all of their trials.
  const source::OccurrenceSampler& sampler(const Unit& unit) {
    if (sampler_ && sampled_source_ == unit.source) return *sampler_;
    const job::Parameters& p = job_.parameters;
    const job::PathSource& row = sources_[unit.source];
    // Full enumeration: every ground-motion path is an event set of its own; sampling: every sample
    // is.
    const std::uint32_t realizations = path_of(unit.source).num_realizations;
    const source::SamplingOptions options{p.ses_seed, realization_years() * realizations,
                                          minimum_magnitude(*row.source),
                                          sets_per_realization() * realizations};
    sampled_source_ = unit.source;
    return sampler_.emplace(*row.source, row.key, options, row.member);
  }

  RuptureEvents rupture_of(const Unit& unit, std::size_t index) const {
    return events_of(unit.source, index, source(unit).rupture(index));
  }

  /// A rupture of a row of /sources; ids, occurrences and trials are not set.
  RuptureEvents events_of(std::uint32_t row, std::size_t index, rupture::Rupture rupture) const {
    const std::string& region = sources_[row].source->tectonic_region();
    RuptureEvents r;
    r.rupture = std::move(rupture);
    r.rupture.tectonic_region = region;
    r.key = source::rupture_key(sources_[row].key, index);
    r.source = row;
    r.index = index;
    const auto& regions = job_.tree.regions;
    r.region = static_cast<std::uint16_t>(std::lower_bound(regions.begin(), regions.end(), region) -
                                          regions.begin());
    return r;
  }

  /// Builds the ruptures of a section; collective where each rank has a part of the sources.
  std::vector<RuptureEvents> build(const std::vector<Drawn>& drawn) {
    std::vector<RuptureEvents> section(drawn.size());
    std::vector<std::byte> own;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      const Unit& unit = units_[drawn[i].unit];
      if (!has(unit)) continue;
      section[i] = rupture_of(unit, drawn[i].index);
      section[i].trials = sampler(unit).trials(drawn[i].index);
      if (!job_.share) continue;
      put(own, i);
      put_rupture(own, section[i].rupture);
      put_counted(own, section[i].trials);
    }
    if (job_.share)
      for_each_part(own, [&](std::span<const std::byte>& part) {
        std::size_t i = 0;
        take(part, i);
        section[i] = events_of(units_[drawn[i].unit].source, drawn[i].index, take_rupture(part));
        part = take_counted(part, section[i].trials);
      });
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      section[i].first_event = num_events_;
      section[i].occurrences = drawn[i].occurrences;
      num_events_ += drawn[i].occurrences;
    }
    return section;
  }

  const logictree::SourcePath& path_of(std::uint32_t row) const {
    return job_.tree.source_paths[sources_[row].path];
  }

  const comm::Communicator& comm_;
  const job::Job& job_;
  const ModelTable& models_;
  EventDraws draws_;
  std::vector<job::PathSource> sources_;  ///< rows of /sources
  std::vector<Unit> units_;
  std::optional<source::OccurrenceSampler> sampler_;
  std::uint32_t sampled_source_ = 0;
  std::size_t next_unit_ = 0;  ///< to build
  std::size_t block_end_ = 0;  ///< units before it are drawn
  std::vector<Drawn> drawn_;   ///< of the block
  std::size_t next_drawn_ = 0;
  std::uint64_t num_events_ = 0;
  // Of all sources, where each rank has a part of them.
  std::vector<RuptureEvents> known_representatives_;
  Expected known_expected_;
};

}  // namespace

std::unique_ptr<EventStream> make_event_based_stream(const comm::Communicator& comm,
                                                     const job::Job& job,
                                                     const ModelTable& models) {
  return std::make_unique<EventBasedStream>(comm, job, models);
}

}  // namespace shakefield::calc
