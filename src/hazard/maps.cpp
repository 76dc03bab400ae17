// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/maps.hpp"

#include <algorithm>
#include <cmath>

#include "shakefield/core/contract.hpp"

namespace shakefield::hazard {

double map_level(std::span<const double> levels, std::span<const float> poes, double poe) {
  SHAKEFIELD_EXPECT(levels.size() == poes.size() && !levels.empty());
  constexpr double least = 1e-30;
  const auto ln_poe = [&](std::size_t l) {
    return std::log(std::max(static_cast<double>(poes[l]), least));
  };
  const double wanted = std::log(poe);
  if (wanted > ln_poe(0)) return 0;
  std::size_t above = 0;  // the last level that is exceeded at least so often
  while (above + 1 < levels.size() && ln_poe(above + 1) >= wanted) ++above;
  if (above + 1 == levels.size()) return levels[above];
  const double high = ln_poe(above), low = ln_poe(above + 1);
  const double from = std::log(levels[above]), to = std::log(levels[above + 1]);
  return std::exp(from + (to - from) * (high - wanted) / (high - low));
}

long return_period_yr(double poe, double time_yr) {
  return std::lrint(-time_yr / std::log1p(-poe));
}

std::vector<std::size_t> spectral_imts(std::span<const core::Imt> imts) {
  std::vector<std::size_t> numbers;
  for (std::size_t m = 0; m < imts.size(); ++m)
    if (imts[m].kind == core::ImtKind::pga || imts[m].kind == core::ImtKind::sa)
      numbers.push_back(m);
  std::ranges::stable_sort(numbers, {}, [&](std::size_t m) { return imts[m].period_s; });
  return numbers;
}

}  // namespace shakefield::hazard
