// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include <fmt/format.h>

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

}  // namespace

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

}  // namespace shakefield::job
