// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "event_stream.hpp"
#include "rupture_geometry.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/source/sampling.hpp"
#include "source_rows.hpp"

namespace shakefield::calc {
namespace {

/// A section ends at so many ruptures, or behind the rupture that brings it to so many events.
constexpr std::uint64_t ruptures_per_section = 1024, events_per_section = std::uint64_t{1} << 18;

/// The events of another run, section by section from its file, each rank for itself. All numbers
/// that random streams are keyed by are those of that run.
class RecordedStream final : public EventStream {
 public:
  RecordedStream(const job::Job& job, const ModelTable& models)
      : file_(store::File::open(job.event_set->path)),
        models_(models),
        regions_(job.tree.regions),
        num_realizations_(job.tree.realizations.size()),
        sources_(source_rows(job)),
        num_ruptures_(store::shape(file_, "/ruptures").at(0)),
        num_all_events_(store::shape(file_, "/events").at(0)) {}

  std::vector<RuptureEvents> next() override {
    std::vector<RuptureEvents> section =
        ruptures(next_, std::min(ruptures_per_section, num_ruptures_ - next_), events_per_section);
    next_ += section.size();
    if (!section.empty()) next_event_ = section.back().first_event + section.back().occurrences;
    return section;
  }

  void describe(const RuptureEvents& rupture, std::uint32_t first, std::uint32_t count,
                std::vector<field::EventSpec>& specs) const override {
    for (std::uint32_t sample = first; sample < first + count; ++sample) {
      const std::uint32_t realization = rupture.recorded[sample].realization;
      specs.push_back({rupture.first_event + sample, sample, realization,
                       models_.of[rupture.region][realization]});
    }
  }

  EventTime time(const RuptureEvents& rupture, const field::EventSpec& event) const override {
    return rupture.recorded[event.sample].time;
  }
  double fraction() const override {
    return num_ruptures_ == 0 ? 1 : static_cast<double>(next_) / static_cast<double>(num_ruptures_);
  }
  Mark mark() const override { return {next_, next_event_}; }
  void seek(Mark mark) override {
    next_ = mark.unit;
    next_event_ = mark.event;
  }

  /// The ruptures of events that lie evenly in the table.
  std::vector<RuptureEvents> representatives(std::size_t count) const override {
    std::vector<RuptureEvents> picked;
    std::uint64_t last = num_ruptures_;
    for (std::uint64_t i = 0; num_all_events_ > 0 && i < count; ++i) {
      const std::uint64_t event = (2 * i + 1) * num_all_events_ / (2 * count);
      const auto row = store::read_rows(file_, "/events", event, 1).column_i64("rupture").front();
      const auto rupture = static_cast<std::uint64_t>(row);
      expect(row >= 0 && rupture < num_ruptures_);
      if (rupture == last)
        picked.push_back(picked.back());
      else
        picked.push_back(ruptures(rupture, 1, 1).front());
      last = rupture;
    }
    return picked;
  }
  Expected expected() override {
    return {static_cast<double>(num_ruptures_), static_cast<double>(num_all_events_)};
  }

 private:
  /// The ruptures [first, first + count) with their events, or fewer: as soon as they have
  /// `enough_events`.
  std::vector<RuptureEvents> ruptures(std::uint64_t first, std::uint64_t count,
                                      std::uint64_t enough_events) const {
    if (count == 0) return {};
    core::Array rows = store::read_rows(file_, "/ruptures", first, count);
    const auto all_occurrences = rows.column_i64("occurrences");
    std::uint64_t kept = 0, num_events = 0;
    while (kept < count && num_events < enough_events) {
      const std::int64_t own = all_occurrences[kept++];
      expect(own > 0 && own <= UINT32_MAX);
      num_events += static_cast<std::uint64_t>(own);
    }
    if (kept < count) rows = store::read_rows(file_, "/ruptures", first, kept);

    const auto source = rows.column_i64("source"), index = rows.column_i64("index"),
               region = rows.column_i64("region"), first_event = rows.column_i64("first_event");
    const auto mag = rows.column_f64("mag"), rake = rows.column_f64("rake"),
               lon = rows.column_f64("hypo_lon"), lat = rows.column_f64("hypo_lat"),
               depth = rows.column_f64("hypo_depth"), rate = rows.column_f64("occurrence_rate");
    const std::vector<SurfacePtr> surfaces = read_surfaces(file_, first, rows);
    const std::vector<RecordedEvent> events =
        recorded(static_cast<std::uint64_t>(first_event.front()), num_events);
    std::vector<RuptureEvents> section;
    section.reserve(kept);
    std::uint64_t next_event = static_cast<std::uint64_t>(first_event.front());
    auto next_record = events.begin();
    for (std::size_t i = 0; i < kept; ++i) {
      expect(region[i] >= 0 && static_cast<std::size_t>(region[i]) < regions_.size() &&
             static_cast<std::uint64_t>(first_event[i]) == next_event && source[i] >= 0 &&
             (sources_.keys.empty() || static_cast<std::size_t>(source[i]) < sources_.keys.size()));
      RuptureEvents r;
      r.source = static_cast<std::uint32_t>(source[i]);
      r.index = static_cast<std::uint64_t>(index[i]);
      r.key = sources_.keys.empty() ? scenario_key()
                                    : source::rupture_key(sources_.keys[r.source], r.index);
      r.region = static_cast<std::uint16_t>(region[i]);
      r.first_event = next_event;
      r.occurrences = static_cast<std::uint32_t>(all_occurrences[i]);
      r.rupture = {mag[i],  rake[i],    {lon[i], lat[i], depth[i]}, regions_[r.region],
                   rate[i], surfaces[i]};
      r.recorded.assign(next_record, next_record + r.occurrences);
      next_record += r.occurrences;
      next_event += r.occurrences;
      section.push_back(std::move(r));
    }
    return section;
  }

  std::vector<RecordedEvent> recorded(std::uint64_t first, std::uint64_t count) const {
    expect(first <= num_all_events_ && count <= num_all_events_ - first);
    const core::Array rows = store::read_rows(file_, "/events", first, count);
    const auto realization = rows.column_i64("realization"), year = rows.column_i64("year"),
               ses = rows.column_i64("ses");
    std::vector<RecordedEvent> events(rows.rows());
    for (std::size_t i = 0; i < events.size(); ++i) {
      expect(realization[i] >= 0 && static_cast<std::size_t>(realization[i]) < num_realizations_);
      events[i] = {static_cast<std::uint32_t>(realization[i]),
                   {static_cast<std::uint32_t>(year[i]), static_cast<std::uint32_t>(ses[i])}};
    }
    return events;
  }

  void expect(bool condition) const {
    core::validate(condition, core::ErrorKind::data,
                   "the tables of ruptures and events contradict each other (the file is damaged), "
                   "make it anew",
                   {file_.path().string()});
  }

  store::File file_;
  const ModelTable& models_;
  const std::vector<std::string>& regions_;
  std::size_t num_realizations_;
  SourceRows sources_;
  std::uint64_t num_ruptures_, num_all_events_;
  std::uint64_t next_ = 0, next_event_ = 0;
};

}  // namespace

std::unique_ptr<EventStream> make_recorded_stream(const job::Job& job, const ModelTable& models) {
  return std::make_unique<RecordedStream>(job, models);
}

}  // namespace shakefield::calc
