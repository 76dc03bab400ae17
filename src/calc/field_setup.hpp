// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "event_stream.hpp"
#include "shakefield/field/field_maker.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/gmf_sink.hpp"

namespace shakefield::calc {

/// What a job says of its fields, as FieldMaker wants it.
field::FieldOptions field_options(const job::Job& job);

/// [models] bound to the IMTs of the job.
std::vector<std::shared_ptr<const gmm::GroundMotionModel>> bound_models(const ModelTable& models,
                                                                        const job::Job& job);

/// How a job stores the rows of its fields on so many ranks.
store::GmfStorage storage_of(const job::Job& job, int ranks);

}  // namespace shakefield::calc
