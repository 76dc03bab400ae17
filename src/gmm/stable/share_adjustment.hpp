// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fault_style.hpp"
#include "model_base.hpp"

namespace shakefield::gmm::share {

// Adjustments of hard-rock models of eastern North America for the hazard model of Europe of 2013:
// Delavaud, E., et al. (2012), Toward a ground-motion logic tree for probabilistic seismic hazard
// assessment in Europe, J. Seismology 16, 451-473, doi:10.1007/s10950-012-9281-z.

struct Coefficients {
  double reverse_ratio, rock;  // reverse to strike-slip; to rock of vs30 800 m/s
};
/// Bommer et al. (2003), doi:10.1785/gssrl.74.2.146: ln of the factor of a style of faulting for a
/// model of data that are 81 % reverse and 1 % normal, and ln of the rock's factor.
inline double adjustment(const Coefficients& c, double rake_deg) {
  constexpr double normal_ratio = 0.95, p_normal = 0.01, p_reverse = 0.81;
  const FaultStyle style = fault_style(rake_deg);
  const double reverse = (style == FaultStyle::reverse ? 1.0 : 0.0) - p_reverse;
  const double normal = (style == FaultStyle::normal ? 1.0 : 0.0) - p_normal;
  return std::log(c.rock) + reverse * std::log(c.reverse_ratio) + normal * std::log(normal_ratio);
}

}  // namespace shakefield::gmm::share
