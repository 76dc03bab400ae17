// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "reduction.hpp"

#include <algorithm>

#include "curves_from_fields.hpp"
#include "hazard_results.hpp"
#include "reduced_tables.hpp"
#include "site_reduction.hpp"
#include "top_events.hpp"

namespace shakefield::calc {
namespace {

using Reductions = std::vector<std::unique_ptr<Reduction>>;

/// Tables and curves are made of the same counts.
void add_exceedances(const comm::Communicator& comm, const job::Job& job, Reductions& to) {
  using Exceedances = SiteReduction<field::ExceedanceCounts>;
  std::vector<Exceedances::Write> writes;
  if (job.parameters.reducers.exceedances) writes.push_back(write_exceedances);
  if (job.parameters.hazard_curves_from_gmfs) writes.push_back(write_curves_from_fields);
  if (!writes.empty())
    to.push_back(std::make_unique<Exceedances>(comm, job, "/progress/exceedances",
                                               no_exceedances(job), std::move(writes)));
}

}  // namespace

Reductions make_reductions(const comm::Communicator& comm, const job::Job& job,
                           std::uint64_t first_event) {
  const job::ReducerParameters& asked = job.parameters.reducers;
  Reductions all;
  if (asked.statistics)
    all.push_back(std::make_unique<SiteReduction<field::LnSums>>(
        comm, job, "/progress/statistics", no_ln_sums(job),
        std::vector<SiteReduction<field::LnSums>::Write>{write_statistics}));
  if (asked.maxima)
    all.push_back(std::make_unique<SiteReduction<field::Maxima>>(
        comm, job, "/progress/maxima", no_maxima(job),
        std::vector<SiteReduction<field::Maxima>::Write>{write_maxima}));
  add_exceedances(comm, job, all);
  if (asked.top_events > 0) all.push_back(std::make_unique<TopEvents>(comm, job, first_event));
  return all;
}

double memory_of_reductions(const job::Job& job, double own_sites) {
  const job::Parameters& p = job.parameters;
  const auto realizations = static_cast<double>(job.tree.realizations.size());
  const auto imts = static_cast<double>(p.imts.size());
  constexpr double slot_bytes = sizeof(std::uint32_t);  // where the numbers of a place stand
  double bytes = 0;
  const auto add = [&](double numbers_bytes) {
    bytes += static_cast<double>(job.sites.size()) * slot_bytes +
             own_sites * realizations * (slot_bytes + numbers_bytes);
  };
  if (p.reducers.statistics) add((1 + 2 * imts) * sizeof(std::int64_t));
  if (p.reducers.maxima) add(imts * sizeof(std::uint64_t));
  if (p.reducers.exceedances || p.hazard_curves_from_gmfs)
    add(imts * static_cast<double>(p.levels.front().size()) * sizeof(std::uint32_t));
  return bytes;
}

double file_bytes_of_reductions(const job::Job& job, double events) {
  const job::Parameters& p = job.parameters;
  const auto sites = static_cast<double>(job.sites.size());
  const auto imts = static_cast<double>(p.imts.size());
  const double places = sites * static_cast<double>(job.tree.realizations.size());
  const double levels = p.levels.empty() ? 0 : static_cast<double>(p.levels.front().size());
  double bytes = 0;
  if (p.reducers.statistics) bytes += places * (sizeof(std::uint32_t) + imts * 2 * sizeof(double));
  if (p.reducers.maxima) bytes += places * imts * (sizeof(float) + sizeof(std::uint32_t));
  if (p.reducers.exceedances) bytes += places * imts * levels * sizeof(std::uint32_t);
  bytes += std::min(events, static_cast<double>(p.reducers.top_events)) * imts *
           (sizeof(std::uint32_t) + sizeof(double));
  if (!p.hazard_curves_from_gmfs) return bytes;
  const auto kinds =
      static_cast<double>(curve_kinds(job).names(job.tree.realizations.size()).size());
  const double numbers = 2 * levels + static_cast<double>(p.hazard.poes.size());  // with errors
  return bytes + sites * kinds * imts * numbers * sizeof(float);
}

}  // namespace shakefield::calc
