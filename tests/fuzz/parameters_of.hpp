// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nrml_rupture.hpp"
#include "parameters.hpp"
#include "raw_job.hpp"
#include "shakefield/gmm/model.hpp"
#include "sites_reader.hpp"

namespace shakefield::fuzz {

/// Reads on from what a job file says to what it means, as far as that takes no other file.
inline void read_parameters(const job::RawJob& raw, core::Problems& problems) {
  job::Settings settings(raw, {}, "job", problems);
  job::make_parameters(settings, problems);
  settings.resolved();
  settings.not_computed();
  // A grid of some hundred million sites is allowed, but takes too long here.
  if (settings.given("sites") && !settings.given("sites_csv") && !settings.given("region")) {
    job::InputFiles none;
    core::Problems of_sites;
    if (!settings.given("site_model_file") && !settings.given("site_model_csv"))
      job::read_sites(settings, none, {}, {}, of_sites);
  }
  if (settings.given("gsim")) gmm::ModelSpec::parse(settings.text("gsim")).text();
  if (settings.given("rupture_dict") && !settings.broken("rupture_dict"))
    job::rupture_from_map(*settings.value("rupture_dict").map());
}

}  // namespace shakefield::fuzz
