// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/occurrence.hpp"

#include <cmath>

namespace shakefield::source {

double non_exceedance(const TemporalModel& model, double rate, double time_yr, double poe) {
  const double exceeding = rate * time_yr * poe;
  switch (model.kind) {
    case TemporalModel::Kind::negative_binomial:
      return std::exp(-std::log1p(model.alpha * exceeding) / model.alpha);
    case TemporalModel::Kind::fated:
      return 1 - poe;
    default:
      return std::exp(-exceeding);
  }
}

double non_exceedance(std::span<const double> probs_occur, double poe) {
  double sum = 0;  // Horner's scheme, from the largest number of occurrences down
  for (std::size_t k = probs_occur.size(); k-- > 0;) sum = sum * (1 - poe) + probs_occur[k];
  return sum;
}

}  // namespace shakefield::source
