// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "event_stream.hpp"
#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/field/field_maker.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// How far a run has come: the next event, the section of the event stream in which it stands, and
/// the rows that /ruptures had before that section; in classical calculations the sites that have
/// their results. Plain numbers, so that it travels as bytes.
struct Position {
  std::uint64_t next_event = 0;
  EventStream::Mark section = {};
  std::uint64_t section_rupture = 0;
  double fraction = 0;   ///< of the event set or the work, 0 … 1
  double elapsed_s = 0;  ///< wall time, all sessions together
  std::uint64_t sessions = 1;
  // Of classical calculations, 0 in others.
  std::uint64_t num_sites = 0;    ///< of the job
  std::uint64_t sites = 0;        ///< with results, along the curve of make_tiles()
  std::uint64_t round_sites = 0;  ///< behind them, whose sums so far are in /progress/rates
  std::uint64_t shares = 0;       ///< of the sources, that those sums run over
  std::uint64_t bin_sites = 0;    ///< with bins of a disaggregation; all have their curves then
};

/// What the curves of a disaggregation count of its progress.
inline constexpr double curves_share = 0.5;

/// What stands in /progress of a file that is not complete, beside the sums of dropped values: all
/// that a run needs to go on. Reducers add datasets of their own there.
struct Checkpoint {
  Position position;
  std::vector<field::FieldCounts> counts;     ///< [ranks]
  std::vector<field::OutsideCounts> outside;  ///< [models] of all ranks; `model` is not kept
};

/// [ranks] What each rank counted, on root. Collective.
std::vector<field::FieldCounts> counts_of_ranks(const comm::Communicator& comm,
                                                const field::FieldCounts& own);
/// Root only; local.
void write_checkpoint(store::File& file, const Checkpoint& checkpoint);
/// Writes it and commits all that is in the file so far. Root only; local.
void commit_checkpoint(store::File& file, const Checkpoint& checkpoint);
/// Nothing if the run that wrote the file has come to its end. Throws Error{data} if it did not and
/// there is no checkpoint. Root only; local.
std::optional<Checkpoint> read_checkpoint(const store::File& file);
void remove_checkpoint(store::File& file);

/// "12,345 of about 23,645 events (52 %)", "52 % (3,072 of 5,960 sites have their results)", "62 %
/// (all 100 sites have their curves, 24 of them their bins)".
std::string progress_text(const Position& position);
/// What a run that a signal stopped throws, behind its commit: how far it came and how to go on.
core::Error stopped_by_signal(const Position& position, const std::filesystem::path& job,
                              const std::filesystem::path& output);
/// The same of a run that makes no commits: there is nothing to go on with.
core::Error stopped_for_good(const Position& position, const std::filesystem::path& output);

}  // namespace shakefield::calc
