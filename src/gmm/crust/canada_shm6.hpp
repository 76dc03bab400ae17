// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm::shm6 {

// Hard rock in Canada's sixth generation hazard model: Kolaj, M., Halchuk, S., Adams, J., and
// Allen, T. I. (2020). Sixth generation seismic hazard model of Canada. Geological Survey of Canada
// Open File 8630. doi:10.4095/327322. A model's own site term ends at 1100 m/s; from there to 2000
// m/s the motion falls, linearly in ln(vs30), to that of Atkinson and Boore (2006) for hard rock,
// unless the model's own term is below it already. No basin terms.

/// Ratio of 760 to 2000 m/s, Atkinson, G. M., and Boore, D. M. (2006). Earthquake ground-motion
/// prediction equations for eastern North America. Bulletin of the Seismological Society of America
/// 96(6), 2181-2205. doi:10.1785/0120050245; figures read from the OpenQuake engine 3.26.2.
struct Ratio {
  double from_760_to_2000;
};
inline constexpr Row<Ratio> ratio_table[] = {
    {pgv, {1.23}},  {pga, {0.891}}, {0.005, {0.791}}, {0.05, {0.791}},
    {0.1, {1.072}}, {0.2, {1.318}}, {0.3, {1.38}},    {0.5, {1.38}},
    {1, {1.288}},   {2, {1.23}},    {5, {1.148}},     {10, {1.072}},
};

inline const double ln_1100 = std::log(1100.0), ln_2000 = std::log(2000.0);

/// ln of the motion at 2000 over that at 1100 m/s. amplification_1100: ln of the model's own linear
/// amplification at 1100 m/s relative to 760, as if it had no upper vs30.
inline double hard_rock(const Imt& imt, double amplification_1100, std::string_view model) {
  const double at_2000 = -std::log(coefficients_at(ratio_table, imt, model).from_760_to_2000);
  return std::min(at_2000 - amplification_1100, 0.0);
}

/// Weight of hard_rock() at a site.
inline Real hard_rock_weight(Real ln_vs30) {
  return ramp(ln_vs30, ln_1100, ln_2000);
}

/// What replaces the publication and region of a model's description, and its name.
inline ModelInfo described(ModelInfo info, std::string name, Needs needs) {
  info.name = std::move(name);
  info.publication += "; hard rock as in Kolaj et al. (2020), doi:10.4095/327322";
  info.region = "western Canada";
  info.needs = needs;
  info.vs30.high = 2000;
  return info;
}

}  // namespace shakefield::gmm::shm6
