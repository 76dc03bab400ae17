// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "shakefield/gmm/registry.hpp"

namespace shakefield::job {

std::vector<gmm::ModelInfo> check_models(const PlacedGmmTree& trees, const Parameters& parameters,
                                         core::Problems& problems) {
  std::vector<gmm::ModelInfo> infos;
  for (std::size_t s = 0; s < trees.tree.sets.size(); ++s) {
    const auto& branches = trees.tree.sets[s].branches;
    for (std::size_t b = 0; b < branches.size(); ++b) {
      const core::InputPlace& place = trees.places[s][b];
      try {
        const auto model = gmm::make_model(branches[b].model, parameters.imts);
        const gmm::ModelInfo& info = model->info();
        if (!parameters.correlation_model.empty() &&
            info.std_defined == gmm::StdDefined::total_only)
          problems.add(core::ErrorKind::config,
                       fmt::format("{} gives total standard deviations only (spatial correlation "
                                   "needs the within-event part), choose "
                                   "another model or remove ground_motion_correlation_model",
                                   info.name),
                       place);
        if (std::ranges::none_of(infos,
                                 [&](const gmm::ModelInfo& i) { return i.name == info.name; }))
          infos.push_back(info);
      } catch (const core::Error& e) {
        for (const core::Problem& p : e.problems())
          problems.add(p.kind, p.message, p.place.file.empty() ? place : p.place);
      }
    }
  }
  return infos;
}

}  // namespace shakefield::job
