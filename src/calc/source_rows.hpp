// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// The rows of /sources: where ruptures come from, and the keys of their random streams
/// (source::rupture_key of a row's key and the rupture's index).
struct SourceRows {
  std::vector<std::string> ids;
  std::vector<std::uint16_t> regions;  ///< numbers in FullTree::regions
  std::vector<std::uint64_t> keys;
};

/// The sources of all paths; those of the run whose events are taken over; one nameless source a
/// region where a table lists the ruptures; none in scenarios of one rupture. Local.
SourceRows source_rows(const job::Job& job);

}  // namespace shakefield::calc
