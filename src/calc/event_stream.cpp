// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "event_stream.hpp"

#include "shakefield/core/error.hpp"
#include "shakefield/core/hash.hpp"

namespace shakefield::calc {

std::uint64_t scenario_key() {
  return core::hash_text("scenario");
}

std::unique_ptr<EventStream> make_event_stream(const comm::Communicator& comm, const job::Job& job,
                                               const ModelTable& models) {
  const job::Mode mode = job.parameters.mode;
  core::validate(mode == job::Mode::scenario || mode == job::Mode::event_based,
                 core::ErrorKind::unsupported,
                 "this calculation_mode has no events (scenario and event_based have), choose one "
                 "of these");
  if (job.event_set) return make_recorded_stream(job, models);
  if (job.rupture_list) return make_listed_stream(job, models);
  return mode == job::Mode::scenario ? make_scenario_stream(job, models)
                                     : make_event_based_stream(comm, job, models);
}

}  // namespace shakefield::calc
