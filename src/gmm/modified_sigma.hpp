// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm::modified_sigma {

// Deviations of models without a nonlinear site term in theirs, as the national seismic hazard
// model of New Zealand of 2022 uses them (`modified_sigma = true`): propagated through the model's
// site term as by Abrahamson and Gulerce (2020, PEER report 2020/25), with its correlations and
// with 0.3 of phi from the site amplification. Found from values of the OpenQuake engine 3.26.2.

/// Correlation of residuals with those of PGA on rock.
struct Correlation {
  double within, between;
};
constexpr Row<Correlation> table[] = {
    {pga, {1, 1}},         {0.01, {1, 1}},        {0.02, {0.99, 0.99}}, {0.03, {0.99, 0.99}},
    {0.05, {0.97, 0.985}}, {0.075, {0.95, 0.98}}, {0.1, {0.92, 0.97}},  {0.15, {0.9, 0.96}},
    {0.2, {0.87, 0.94}},   {0.25, {0.84, 0.93}},  {0.3, {0.82, 0.91}},  {0.4, {0.74, 0.86}},
    {0.5, {0.66, 0.8}},    {0.6, {0.59, 0.78}},   {0.75, {0.5, 0.73}},  {1, {0.41, 0.69}},
    {1.5, {0.33, 0.62}},   {2, {0.3, 0.56}},      {2.5, {0.27, 0.52}},  {3, {0.25, 0.495}},
    {4, {0.22, 0.43}},     {5, {0.19, 0.4}},      {6, {0.17, 0.37}},    {7.5, {0.14, 0.32}},
    {10, {0.1, 0.28}},
};

/// Deviations between and within events.
struct Parts {
  Real tau, phi;
};

/// `slope`: of the ln of the site amplification by ln(PGA on rock).
inline Deviations deviations(const Correlation& rho, Real slope, Parts imt, Parts pga) {
  constexpr double amplification_squared = 0.3 * 0.3;
  const Real rock = sqrt(square(imt.phi) - amplification_squared);
  const Real pga_rock = sqrt(square(pga.phi) - amplification_squared);
  const Real tau = sqrt(square(imt.tau) +
                        slope * (slope * square(pga.tau) + 2 * rho.between * imt.tau * pga.tau));
  const Real phi =
      sqrt(square(imt.phi) + slope * (slope * square(pga_rock) + 2 * rho.within * rock * pga_rock));
  return between_within(tau, phi);
}

}  // namespace shakefield::gmm::modified_sigma
