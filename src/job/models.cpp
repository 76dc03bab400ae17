// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "job_files.hpp"
#include "model_tables.hpp"
#include "shakefield/gmm/registry.hpp"

namespace shakefield::job {

namespace {

/// The job's measures without those for which a branch has the weight 0: its model need not know
/// them.
std::vector<core::Imt> weighted_imts(const logictree::GmmBranch& branch,
                                     const Parameters& parameters) {
  std::vector<core::Imt> imts = parameters.imts;
  if (integrates(parameters.mode) && parameters.number_of_logic_tree_samples == 0)
    std::erase_if(imts, [&](const core::Imt& imt) {
      const auto own = branch.imt_weights.find(imt.name());
      return own != branch.imt_weights.end() && own->second == 0;
    });
  return imts;
}

/// Makes every model of the tree once for the job's intensity measures; a model that is unknown,
/// lacks a measure (other than one for which its weight is 0, in classical jobs), or gives total
/// standard deviations only where fields are correlated is a problem at its place. Returns the
/// models that could be made.
std::vector<PlacedModel> check_models(const PlacedGmmTree& trees, const Parameters& parameters,
                                      core::Problems& problems) {
  std::vector<PlacedModel> models;
  for (std::size_t s = 0; s < trees.tree.sets.size(); ++s) {
    const auto& branches = trees.tree.sets[s].branches;
    for (std::size_t b = 0; b < branches.size(); ++b) {
      const core::InputPlace& place = trees.places[s][b];
      try {
        const auto model =
            gmm::make_model(branches[b].model, weighted_imts(branches[b], parameters));
        const gmm::ModelInfo& info = model->info();
        if (!model->parts().empty() && !integrates(parameters.mode))
          problems.add(core::ErrorKind::unsupported,
                       fmt::format("{} makes no fields (it averages probabilities of exceedance, "
                                   "and a field is of one model), make its models branches of the "
                                   "logic tree, or use AvgGMPE",
                                   branches[b].model.name),
                       place);
        if (!parameters.correlation_model.empty() &&
            info.std_defined == gmm::StdDefined::total_only)
          problems.add(core::ErrorKind::config,
                       fmt::format("{} gives total standard deviations only (spatial correlation "
                                   "needs the within-event part), choose "
                                   "another model or remove ground_motion_correlation_model",
                                   info.name),
                       place);
        models.push_back({info, trees.tree.sets[s].tectonic_region, place});
      } catch (const core::Error& e) {
        for (const core::Problem& p : e.problems())
          problems.add(p.kind, p.message, p.place.file.empty() ? place : p.place);
      }
    }
  }
  return models;
}

PlacedGmmTree read_gmms(JobDraft& draft) {
  const std::string key =
      draft.one_of("gsim_logic_tree_file", "gsim", "fields need ground-motion models");
  if (key.empty()) return {};
  if (key == "gsim_logic_tree_file") return read_gmm_tree(draft.read_xml_of(key), draft.problems);
  PlacedGmmTree placed;
  try {
    const auto model = gmm::ModelSpec::parse(draft.settings.text(key));
    for (const std::string& region : draft.regions) {
      placed.tree.sets.push_back({region, region, {{"b1", model, 1.0}}});
      placed.places.push_back({draft.settings.place(key)});
    }
  } catch (const core::Error& e) {
    draft.problems.add(e.kind(), e.problems().front().message, draft.settings.place(key));
  }
  return placed;
}

void drop_unused_regions(PlacedGmmTree& gmms, const std::vector<std::string>& regions) {
  if (regions.empty()) return;
  for (std::size_t s = gmms.tree.sets.size(); s-- > 0;) {
    if (std::ranges::find(regions, gmms.tree.sets[s].tectonic_region) != regions.end()) continue;
    gmms.tree.sets.erase(gmms.tree.sets.begin() + static_cast<std::ptrdiff_t>(s));
    gmms.places.erase(gmms.places.begin() + static_cast<std::ptrdiff_t>(s));
  }
}

/// Files that models name are relative to the tree, if there is one.
std::filesystem::path models_folder(const JobDraft& draft) {
  constexpr std::string_view tree = "gsim_logic_tree_file";
  return draft.settings.given(tree) ? file_path(draft.settings, tree, draft.folder).parent_path()
                                    : draft.folder;
}

void warn_of_imt_weights(const logictree::GmmTree& tree, JobDraft& draft) {
  const bool any = std::ranges::any_of(tree.sets, [](const logictree::GmmBranchSet& set) {
    return std::ranges::any_of(
        set.branches, [](const logictree::GmmBranch& b) { return !b.imt_weights.empty(); });
  });
  const Parameters& p = draft.job.parameters;
  if (any && (p.number_of_logic_tree_samples > 0 || !integrates(p.mode)))
    draft.problems.warn(
        fmt::format("weights by intensity measure are passed over ({}); the first weight of each "
                    "branch is used",
                    p.number_of_logic_tree_samples > 0
                        ? "a sampled tree has one weight a sample"
                        : "an event has one realization for all measures"),
        draft.settings.place("gsim_logic_tree_file"));
}

}  // namespace

std::vector<PlacedModel> read_models(JobDraft& draft) {
  const std::size_t before = draft.problems.errors().size();
  PlacedGmmTree gmms = read_gmms(draft);
  const bool is_whole = draft.problems.errors().size() == before;
  if (gmms.tree.sets.empty()) return {};
  const bool has_regions = draft.job.rupture_list || draft.job.event_set;
  if (draft.job.parameters.mode == Mode::scenario && !has_regions) {
    if (gmms.tree.sets.size() > 1)
      draft.add(
          "gsim_logic_tree_file",
          fmt::format("the ground-motion tree has {} branch sets (a scenario takes one), keep one",
                      gmms.tree.sets.size()));
    gmms.tree.sets.front().tectonic_region = draft.regions.front();
  }
  // Ruptures of one region take the one set whatever its region is called, as the peer's.
  if (has_regions && draft.regions.size() == 1 && gmms.tree.sets.size() == 1)
    gmms.tree.sets.front().tectonic_region = draft.regions.front();
  drop_unused_regions(gmms, draft.regions);
  read_model_tables(gmms, models_folder(draft), draft.files, draft.problems);
  auto models = check_models(gmms, draft.job.parameters, draft.problems);
  if (draft.regions.empty() || !is_whole) return models;  // sources or tree are wrong: reported
  const Parameters& p = draft.job.parameters;
  warn_of_imt_weights(gmms.tree, draft);
  try {
    if (draft.job.event_set)
      draft.job.tree =
          logictree::restore_tree(draft.job.event_set->realizations, gmms.tree, draft.regions);
    else
      draft.job.tree = logictree::expand(draft.source_tree.tree, gmms.tree, draft.regions,
                                         p.number_of_logic_tree_samples, p.sampling_method,
                                         p.random_seed, p.max_potential_paths);
  } catch (const core::Error& e) {
    for (const core::Problem& problem : e.problems())
      draft.problems.add(problem.kind, problem.message,
                         draft.settings.place("gsim_logic_tree_file"));
  }
  return models;
}

}  // namespace shakefield::job
