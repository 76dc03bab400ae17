// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Input: the text of a CSV file: sites, a site model, ruptures with their surfaces, or values of a
// ground-motion model (`shakefield gmm eval`).
#include <cmath>
#include <sstream>

#include "answers.hpp"
#include "shakefield/gmm/table_io.hpp"
#include "shakefield/job/rupture_list.hpp"
#include "shakefield/site/site_collection.hpp"
#include "site_csv.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shakefield;
  const std::string text(fuzz::text_of(data, size));
  fuzz::expect_answer([&](core::Problems& problems) {
    job::PlacedSites sites = job::read_site_csv(text, "sites.csv", problems);
    if (!problems.empty()) return;
    job::report_duplicates(sites, problems);
    site::nearest_parameters(sites.model, sites.model.points, site::site_model_reach_km(5));
    site::SiteCollection(std::move(sites.model.points), std::move(sites.model.parameters),
                         std::move(sites.model.custom_ids));
  });
  fuzz::expect_answer([&](core::Problems& problems) {
    const job::RuptureList list(text, "ruptures.csv", problems);
    for (std::size_t row = 0; row < list.size(); ++row) {
      const auto surface = list.rupture(row).surface;
      surface->parameters();
      core::validate(std::isfinite(surface->bound().radius_km), core::ErrorKind::internal,
                     "a rupture without bounds");
    }
  });
  fuzz::expect_answer([&](core::Problems&) {
    std::istringstream in(text);
    gmm::read_value_table(in, "table.csv");
  });
  return 0;
}
