// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/field/dropped_sums.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Sums of dropped values of some sites: position i of the sums is site sites[i].
struct DroppedPart {
  std::vector<std::uint32_t> sites;  ///< ids, ascending
  field::DroppedSums sums;
};

/// Extent of /gmf_data/dropped.
struct DroppedShape {
  std::size_t sites = 0, realizations = 0, imts = 0;
};

/// Adds a part to a sum, whose sites become those of both.
void add(DroppedPart& sum, DroppedPart part, DroppedShape shape);

/// Memory that a block of /gmf_data/dropped may take on a rank (one site at least).
inline constexpr std::size_t dropped_block_bytes = std::size_t{16} << 20;

/// Adds up what all ranks dropped and writes /gmf_data/dropped, a block of sites at a time: the
/// whole table has no room in memory where sites and realizations are many. A site may be in
/// several parts, and on several ranks. `file` is null on all ranks but root. Throws the same error
/// on all ranks. Collective.
void write_dropped(const comm::Communicator& comm, store::File* file,
                   std::span<const DroppedPart> parts, DroppedShape shape,
                   std::size_t block_bytes = dropped_block_bytes);

}  // namespace shakefield::calc
