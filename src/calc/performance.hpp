// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "field_phase.hpp"

namespace shakefield::calc {

/// What one rank did, one row of /performance/ranks. Plain numbers, so that it travels as bytes.
struct RankReport {
  std::uint64_t values = 0, rows = 0, pairs = 0;
  double estimated_work = 0;
  double prepare_s = 0, draw_s = 0, tables_s = 0, fields_s = 0, send_s = 0, wait_s = 0, merge_s = 0,
         pack_s = 0, sending_s = 0, write_s = 0, commit_s = 0;
  double busy_s = 0;  ///< processor time of the run without start and end
  double cpu_s = 0;   ///< processor time of the process
  double peak_memory_mib = 0;
};

/// What this rank did in the phase of fields. Local.
RankReport report_of(const comm::Communicator& comm, FieldPhase& phase);
/// Reports of all ranks with their processor time and memory, on root. Collective.
std::vector<RankReport> gather_performance(const comm::Communicator& comm, RankReport own);
/// Writes /performance/ranks; its attributes are the wall time and the imbalance (largest / mean
/// busy time). Root only.
void write_performance(store::File& file, const std::vector<RankReport>& reports, double seconds);

}  // namespace shakefield::calc
