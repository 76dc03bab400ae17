// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// Where the seconds of a run go, all ranks together.
struct PlanSeconds {
  double prepare = 0;  ///< every rank does it for itself
  double draw = 0;     ///< ruptures and events
  double fields = 0;   ///< or curves
  double pack = 0;     ///< codec and merging
  double write = 0;    ///< root alone
};

/// What a run is expected to make and to need. Counts are means of random numbers.
struct Plan {
  double ruptures = 0;
  double events = 0;
  double pairs = 0;              ///< sites in reach, summed over events (classical: ruptures)
  double rows = 0;               ///< of /gmf_data/table
  double packed_share = 1;       ///< packed bytes by bytes of rows, measured on `sample_rows`
  double file_bytes = 0;         ///< of the whole result file
  double memory_bytes = 0;       ///< of the rank that takes most, at its peak
  double more_memory_bytes = 0;  ///< of them, not yet taken now
  PlanSeconds seconds;           ///< 0 unless calibrated
  double wall_s = 0;             ///< on the ranks that were asked for; 0 unless calibrated
  double sample_rows = 0, sample_events = 0;
};

struct PlanOptions {
  std::filesystem::path output;  ///< of the run; a scratch file beside it measures the disk
  int ranks = 1;
  /// Time the fields of a sample for about this many seconds, and the disk. 0: no times, and a
  /// sample of some hundredths of a second.
  double calibration_s = 0;
  /// Without calibration: if a rough upper bound of the file's bytes is not above this, no fields
  /// are made, and rows and bytes are that bound.
  double plenty_bytes = 0;
  /// The ranks that plan together, where each holds a part of the sources of an event set
  /// (Job::share): plan() is collective over them then. None: this one alone.
  const comm::Communicator* planners = nullptr;
};

/// Plans a run, all of its ranks on a node of this kind: scenarios and event-based ones from the
/// rates of the sources and the fields of a sample of ruptures, classical ones from the shapes of
/// their results and the rates of a sample of sites and sources; these have pairs only if
/// calibrated, and neither events nor rows. The sample's size depends on the speed of
/// the machine. Bins of disaggregations are foreseen only if calibrated. Throws Error{io} if the
/// scratch file cannot be written. Local.
Plan plan(const job::Job& job, const PlanOptions& options);

/// What there is for a run on this node.
struct Room {
  double disk_bytes = 0;    ///< of the output's file system, with the file that will be replaced
  double memory_bytes = 0;  ///< of this node
};
/// Infinity where the system does not say. Local.
Room room_for(const std::filesystem::path& output);

/// Throws Error{io} if the file does not fit the disk, Error{config} if `ranks_on_node` ranks do
/// not fit the memory. Local.
void expect_room(const Plan& plan, const Room& room, const std::filesystem::path& output,
                 int ranks_on_node);

/// The check that stands before a run: an estimate without calibration against the room there is.
/// Takes some hundredths of a second. All ranks throw the same error.
/// Collective.
void expect_room(const comm::Communicator& comm, const job::Job& job,
                 const std::filesystem::path& output);

}  // namespace shakefield::calc
