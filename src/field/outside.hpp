// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/field/field_maker.hpp"

namespace shakefield::field {

/// Adds the pairs of a block of sites to the counts of a model. Of distance, the one that the model
/// decays with: r_rup, else r_jb, r_hypo or r_epi.
void count_outside(const gmm::GmmInput& in, OutsideCounts& counts);

}  // namespace shakefield::field
