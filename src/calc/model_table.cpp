// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "event_stream.hpp"

namespace shakefield::calc {

ModelTable model_table(const logictree::FullTree& tree) {
  ModelTable table;
  const auto number_of = [&](const gmm::ModelSpec& spec) {
    const auto found = std::find(table.models.begin(), table.models.end(), spec);
    if (found == table.models.end()) {
      table.models.push_back(spec);
      return static_cast<std::uint16_t>(table.models.size() - 1);
    }
    return static_cast<std::uint16_t>(found - table.models.begin());
  };
  table.of.resize(tree.regions.size());
  for (std::size_t t = 0; t < tree.regions.size(); ++t) {
    // There may be a million realizations: a branch is looked up at its first one only.
    std::map<std::uint16_t, std::uint16_t> of_branch;
    table.of[t].reserve(tree.realizations.size());
    for (const logictree::Realization& realization : tree.realizations) {
      const std::uint16_t branch = realization.gmm_branch[t];
      const auto [number, is_new] = of_branch.try_emplace(branch);
      if (is_new) number->second = number_of(tree.gmm_sets[t].branches[branch].model);
      table.of[t].push_back(number->second);
    }
  }
  return table;
}

}  // namespace shakefield::calc
