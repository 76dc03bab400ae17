// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "event_stream.hpp"
#include "shakefield/field/field_maker.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// How far a run has come: the next event, the section of the event stream in which it stands, and
/// the rows that /ruptures had before that section. Plain numbers, so that it travels as bytes.
struct Position {
  std::uint64_t next_event = 0;
  EventStream::Mark section;
  std::uint64_t section_rupture = 0;
  double fraction = 0;   ///< of the event set, 0 … 1
  double elapsed_s = 0;  ///< wall time, all sessions together
  std::uint64_t sessions = 1;
};

/// What stands in /progress of a file that is not complete, beside the sums of dropped values: all
/// that a run needs to go on. Reducers add datasets of their own there.
struct Checkpoint {
  Position position;
  std::vector<field::FieldCounts> counts;     ///< [ranks]
  std::vector<field::OutsideCounts> outside;  ///< [models] of all ranks; `model` is not kept
};

/// Root only; local.
void write_checkpoint(store::File& file, const Checkpoint& checkpoint);
/// Nothing if the run that wrote the file has come to its end. Throws Error{data} if it did not and
/// there is no checkpoint. Root only; local.
std::optional<Checkpoint> read_checkpoint(const store::File& file);
void remove_checkpoint(store::File& file);

/// "12,345 of about 23,645 events (52 %)".
std::string progress_text(const Position& position);

}  // namespace shakefield::calc
