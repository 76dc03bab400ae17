// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "dropped_table.hpp"

namespace shakefield::calc {

/// Sums of dropped values that someone else holds: position i of the sums is site sites[i].
struct DroppedView {
  std::span<const std::uint32_t> sites;  ///< ids, ascending
  const field::DroppedSums* sums;
};

/// Writes the sums of all ranks so far into /progress/dropped, exact, in place of those of the last
/// commit; a block of sites at a time. `file` is null on all ranks but root. Throws the same error
/// on all ranks. Collective.
void write_dropped_so_far(const comm::Communicator& comm, store::File* file,
                          std::span<const DroppedView> views, DroppedShape shape);
/// What it wrote, for all sites. Root only; local.
DroppedPart read_dropped_so_far(const store::File& file, DroppedShape shape);

}  // namespace shakefield::calc
