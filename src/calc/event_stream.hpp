// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/field/field_maker.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/rupture/rupture.hpp"

namespace shakefield::calc {

/// When an event happens in the years of the event set.
struct EventTime {
  std::uint32_t year = 0;  ///< 1 … years of the realization, plus those of the realizations before
                           ///< it; 0 in scenarios
  std::uint32_t ses = 1;  ///< stochastic event set, 1 …
};

/// What another run drew for an event.
struct RecordedEvent {
  std::uint32_t realization = 0;
  EventTime time;
};

/// One rupture with all its events, in the order of the tables.
struct RuptureEvents {
  rupture::Rupture rupture;
  std::uint64_t key = 0;     ///< of its random streams
  std::uint32_t source = 0;  ///< row of /sources
  std::uint64_t index = 0;   ///< in the unfiltered enumeration of its source
  std::uint16_t region = 0;  ///< number in FullTree::regions
  std::uint64_t first_event = 0;
  std::uint32_t occurrences = 0;
  /// Number of the event set of each occurrence, over all realizations of the path, where the law
  /// of occurrence decides it; empty: any, independently.
  std::vector<std::uint32_t> trials = {};
  std::vector<RecordedEvent> recorded = {};  ///< [occurrences] if they are taken over, else empty
};

/// The ruptures of a job that occur, in canonical order (source path, source, index), a section at
/// a time, so that no rank ever holds the whole event set. Every rank sees the same sections;
/// within a section the drawing is dealt to the ranks. Never depends on the sites.
class EventStream {
 public:
  virtual ~EventStream() = default;
  /// Next section, empty at the end. Collective.
  virtual std::vector<RuptureEvents> next() = 0;
  /// The field specification of the events [first, first + count) of a rupture (counted within the
  /// rupture). Local.
  virtual void describe(const RuptureEvents& rupture, std::uint32_t first, std::uint32_t count,
                        std::vector<field::EventSpec>& specs) const = 0;
  virtual EventTime time(const RuptureEvents& rupture, const field::EventSpec& event) const = 0;
  /// Share of the enumeration that has been drawn so far, 0 … 1.
  virtual double fraction() const = 0;
  /// Where the next section begins. A stream of the same job that is brought there by seek() goes
  /// on with the same sections.
  struct Mark {
    std::uint64_t unit = 0;   ///< of the enumeration
    std::uint64_t event = 0;  ///< first of the section
  };
  virtual Mark mark() const = 0;
  virtual void seek(Mark mark) = 0;
  /// Some ruptures, each standing for about the same number of expected events: what estimates are
  /// made from. `occurrences` is how often the rupture occurs if it does, on average over the
  /// sample; ids and trials are not set. Local, the same on all ranks.
  virtual std::vector<RuptureEvents> representatives(std::size_t count) const = 0;
  /// How many of them there will be.
  struct Expected {
    double ruptures = 0, events = 0;
  };
  /// Means, where rates say how often ruptures occur; as drawn, where other laws do. Local.
  virtual Expected expected() = 0;
};

/// Key of the rupture of a scenario that has no source.
std::uint64_t scenario_key();

/// Number of the model of (region, realization) among the distinct models of a job.
struct ModelTable {
  std::vector<gmm::ModelSpec> models;          ///< distinct, in order of first use
  std::vector<std::vector<std::uint16_t>> of;  ///< [regions][realizations]
};
ModelTable model_table(const logictree::FullTree& tree);

/// The events of a scenario or an event set. Collective; job and models must live as long as the
/// stream.
std::unique_ptr<EventStream> make_event_stream(const comm::Communicator& comm, const job::Job& job,
                                               const ModelTable& models);

// What it chooses from.
std::unique_ptr<EventStream> make_scenario_stream(const job::Job& job, const ModelTable& models);
std::unique_ptr<EventStream> make_listed_stream(const job::Job& job, const ModelTable& models);
std::unique_ptr<EventStream> make_recorded_stream(const job::Job& job, const ModelTable& models);
std::unique_ptr<EventStream> make_event_based_stream(const comm::Communicator& comm,
                                                     const job::Job& job, const ModelTable& models);

}  // namespace shakefield::calc
