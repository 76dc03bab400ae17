// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "job_checks.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <map>

#include "shakefield/field/correlation.hpp"
#include "shakefield/source/fault_source.hpp"
#include "shakefield/source/listed_source.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

/// Whether surfaces come from a file as they are; others are never gridded.
bool has_listed_surfaces(const source::Source& s) {
  return dynamic_cast<const source::CharacteristicFaultSource*>(&s) != nullptr ||
         dynamic_cast<const source::NonParametricSource*>(&s) != nullptr;
}
/// Gridded surfaces, by tectonic region: a name of one.
std::map<std::string, std::string> gridded_surfaces(const JobDraft& draft) {
  const auto is_gridded = [](const rupture::Rupture& r) {
    return r.surface->kind() == rupture::SurfaceKind::gridded;
  };
  std::map<std::string, std::string> found;
  if (draft.job.rupture && is_gridded(*draft.job.rupture))
    found[draft.regions.front()] = "the rupture";
  if (draft.job.rupture_list)
    for (const std::string& region : draft.job.rupture_list->gridded_regions())
      found[region] = "a listed rupture";
  for (const SourceModel& model : draft.job.source_models)
    for (const source::SourcePtr& one : model.sources)
      if (has_listed_surfaces(*one) && is_gridded(one->rupture(0)))
        found.emplace(one->tectonic_region(), fmt::format("source '{}'", one->id()));
  return found;
}

}  // namespace

void check_gridded(JobDraft& draft, const std::vector<PlacedModel>& models) {
  const auto gridded = gridded_surfaces(draft);
  for (const PlacedModel& model : models) {
    const auto found = gridded.find(model.tectonic_region);
    if (found != gridded.end() && (gmm::contains(model.info.needs, gmm::Needs::r_x) ||
                                   gmm::contains(model.info.needs, gmm::Needs::r_y0)))
      draft.problems.add(
          ErrorKind::unsupported,
          fmt::format("{} needs the distances r_x or r_y0 (the surface of {} is gridded "
                      "and has none), choose another model",
                      model.info.name, found->second),
          model.place);
  }
}

void check_correlation(JobDraft& draft) {
  if (draft.job.parameters.correlation_model.empty() ||
      draft.job.sites.size() <= field::max_dense_sites)
    return;
  draft.add("ground_motion_correlation_model",
            fmt::format("correlated fields at {} sites are not offered yet (at most {} sites), use "
                        "fewer sites (for a region: a larger "
                        "region_grid_spacing) or remove ground_motion_correlation_model",
                        draft.job.sites.size(), field::max_dense_sites),
            ErrorKind::unsupported);
}

void check_numbers(JobDraft& draft) {
  constexpr double most = std::numeric_limits<std::uint32_t>::max(), most_rows = 1e8;
  const Parameters& p = draft.job.parameters;
  for (const std::uint32_t r : p.disagg.rlz_index)
    if (r >= draft.job.tree.realizations.size() && !draft.job.tree.realizations.empty())
      draft.add("rlz_index",
                fmt::format("rlz_index has {} (the job has the realizations 0 to {}), correct it",
                            r, draft.job.tree.realizations.size() - 1));
  if (integrates(p.mode)) return;
  double rows = 0;
  for (const logictree::SourcePath& path : draft.job.tree.source_paths)
    for (const std::uint32_t model : path.models)
      rows += static_cast<double>(draft.job.source_models[model].sources.size());
  if (rows > most_rows)
    draft.add(
        "source_model_logic_tree_file",
        fmt::format("the {} source-model paths have {} sources together (event sets take at most "
                    "{}), sample the tree by number_of_logic_tree_samples",
                    draft.job.tree.source_paths.size(), rows, most_rows));
  const auto realizations = static_cast<double>(draft.job.tree.realizations.size());
  const bool is_scenario = p.mode == Mode::scenario;
  const double ruptures =
      draft.job.rupture_list ? static_cast<double>(draft.job.rupture_list->size()) : 1;
  const double count =
      realizations *
      (is_scenario ? ruptures * static_cast<double>(p.number_of_ground_motion_fields)
                   : p.investigation_time_yr * static_cast<double>(p.ses_per_logic_tree_path));
  if (count <= most) return;
  const std::string_view key =
      is_scenario ? "number_of_ground_motion_fields" : "ses_per_logic_tree_path";
  draft.add(
      key, fmt::format("{} = {} gives {} {} in {} realizations (at most {} are possible), lower it",
                       key, draft.settings.text(key), count, is_scenario ? "events" : "years",
                       realizations, most));
}

}  // namespace shakefield::job
