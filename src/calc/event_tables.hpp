// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "event_stream.hpp"
#include "rupture_geometry.hpp"
#include "shakefield/field/field_maker.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// The tables of ruptures and events of a file, streamed section by section. Root only; local.
class EventTables {
 public:
  EventTables(store::File& file, const job::Job& job, store::Start start);

  void add_ruptures(std::span<const RuptureEvents> section);
  /// One row an event; `rupture_id` is the row of its rupture in /ruptures.
  void add_event(const field::EventSpec& event, std::uint64_t rupture_id, EventTime time);
  /// tau [M] is the largest between-event deviation over the sites of an event; eta [M] its
  /// residuals.
  void add_residuals(const field::EventSpec& event, std::span<const float> tau,
                     std::span<const float> eta);
  /// Writes what was added since the last call.
  void flush();
  /// Brings all rows so far into the file's datasets, so that Start::resume can go on behind them.
  void checkpoint();
  void finish();

  std::uint64_t num_ruptures() const { return ruptures_.size(); }
  std::uint64_t num_events() const { return events_.size(); }

 private:
  store::TableWriter ruptures_;
  GeometryWriter geometry_;
  store::TableWriter events_;
  std::optional<store::TableWriter> residuals_;
  std::vector<std::byte> event_rows_, residual_rows_;
  std::size_t num_imts_ = 0;
};

/// Bytes of these tables before they are packed.
struct TableBytes {
  std::size_t rupture = 0;  ///< one of /ruptures and of the index of geometries
  std::size_t point = 0;    ///< one of a geometry
  std::size_t event = 0;    ///< one of /events and, with fields, of the residuals
};
TableBytes table_bytes(const job::Job& job);

/// /sites, /sources and /realizations: what is known before the first event. Root only; local.
void write_inputs(store::File& file, const job::Job& job);

}  // namespace shakefield::calc
