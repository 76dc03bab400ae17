// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "shakefield/logictree/realization_table.hpp"

namespace shakefield::job {

/// The event set of a result file that another job takes over: all but the ruptures and events
/// themselves, which stay in the file.
struct EventSet {
  std::filesystem::path path;
  std::string calculation_mode;  ///< "scenario" or "event_based"
  std::uint64_t ses_seed = 0;
  double investigation_time_yr = 1;
  std::uint64_t ses_per_logic_tree_path = 1;
  std::vector<std::string> regions;          ///< tectonic regions, sorted by name
  logictree::RealizationTable realizations;  ///< with weights and texts of models
  std::string identity;                      ///< two files with the same one hold the same events
};

/// Reads it from a file that `shakefield run` wrote to its end, with or without fields. Throws
/// Error{data} for another file. Local.
EventSet read_event_set(const std::filesystem::path& path);

}  // namespace shakefield::job
