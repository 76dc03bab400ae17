// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "job_runs.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/store/file.hpp"

/// What a run on one rank wrote, as the verification wants it.
namespace run_results {

/// Job of the checkout or of the reference data, read on one rank.
inline shakefield::job::Job read(const std::filesystem::path& path,
                                 const shakefield::job::Overrides& overrides = {}) {
  return shakefield::job::read_job(shakefield::comm::Communicator(), path, overrides);
}

/// Natural logarithms of all values of a run in which every event reaches every site.
struct DenseFields {
  std::size_t events = 0, sites = 0;
  std::vector<std::vector<float>> ln;  ///< [M][events * sites], sites last

  explicit DenseFields(const shakefield::calc::Results& results)
      : events(results.num_rows("/events")),
        sites(results.num_rows("/sites")),
        ln(results.gmf_layout().imts.size()) {
    if (results.num_rows("/gmf_data/table") != events * sites)
      throw std::runtime_error("some values were not stored");
    results.for_each_block([&](const shakefield::calc::GmfBlock& block) {
      for (std::size_t m = 0; m < ln.size(); ++m)
        for (std::size_t row = 0; row < block.size(); ++row)
          ln[m].push_back(std::log(block.value(row, m)));
    });
  }
  float at(std::size_t m, std::size_t event, std::size_t site) const {
    return ln[m][event * sites + site];
  }
};

/// Between-event residuals and the largest tau of each event, from /gmf_data/sigma_epsilon.
struct EventTerms {
  std::vector<std::vector<double>> eta, tau;  ///< [M][events]

  explicit EventTerms(const shakefield::calc::Results& results) {
    const auto table = shakefield::store::read_array(results.file(), "/gmf_data/sigma_epsilon");
    for (const std::string& imt : results.gmf_layout().imts) {
      eta.push_back(table.column_f64("eps_inter_" + imt));
      tau.push_back(table.column_f64("sig_inter_" + imt));
    }
  }
};

}  // namespace run_results
