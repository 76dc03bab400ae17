// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/log.hpp"
#include "shakefield/field/field_maker.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Adds counts of the same models, in the same order.
void add(std::vector<field::OutsideCounts>& sums, const std::vector<field::OutsideCounts>& more);
/// The counts of all ranks together, on root. Collective.
std::vector<field::OutsideCounts> sum_over_ranks(const comm::Communicator& comm,
                                                 std::vector<field::OutsideCounts> own);
/// One warning for each model that was computed outside of its published ranges.
void say_outside(const std::vector<field::OutsideCounts>& counts, const core::Log& log);
/// Writes /performance/outside_ranges. Root only.
void write_outside(store::File& file, const std::vector<field::OutsideCounts>& counts);

}  // namespace shakefield::calc
