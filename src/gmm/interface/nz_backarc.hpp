// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_base.hpp"

namespace shakefield::gmm::nz_backarc {

// Slab events in the backarc as New Zealand's hazard model of 2022 takes them: the forearc and
// backarc term of Abrahamson et al. (2016), doi:10.1193/051712EQS188MR, Eq. 2, is added to models
// that have none.

struct Coefficients {
  double t7, t8;
};
/// Theta 7 and 8 of their Table 2. The rows of pgv and 0.01 s are those of pga.
inline constexpr Row<Coefficients> table[] = {
    {pgv, {1.0988, -1.42}},  {pga, {1.0988, -1.42}},  {0.01, {1.0988, -1.42}},
    {0.02, {1.0988, -1.42}}, {0.05, {1.2536, -1.65}}, {0.075, {1.4175, -1.8}},
    {0.1, {1.3997, -1.8}},   {0.15, {1.3582, -1.69}}, {0.2, {1.1648, -1.49}},
    {0.25, {0.994, -1.3}},   {0.3, {0.8821, -1.18}},  {0.4, {0.7046, -0.98}},
    {0.5, {0.5799, -0.82}},  {0.6, {0.5021, -0.7}},   {0.75, {0.3687, -0.54}},
    {1, {0.1746, -0.34}},    {1.5, {-0.082, -0.05}},  {2, {-0.2821, 0.12}},
    {2.5, {-0.4108, 0.25}},  {3, {-0.4466, 0.3}},     {4, {-0.4344, 0.3}},
    {5, {-0.4368, 0.3}},     {6, {-0.4586, 0.3}},     {7.5, {-0.4433, 0.3}},
    {10, {-0.4828, 0.3}},
};

/// The term at the sites of one vector; `at(c)` for each IMT.
class Term {
 public:
  Term(Real r_rup, Real backarc)
      : backarc_(select(backarc > 0.5, factor, 0.0)), ln_distance_(log(max(r_rup, 85.0) / 40.0)) {}
  Real at(const Coefficients& c) const { return backarc_ * (c.t7 + c.t8 * ln_distance_); }

 private:
  /// Found in the OpenQuake engine's values of these models; we know no publication of it.
  static constexpr double factor = 1.008;
  Real backarc_, ln_distance_;
};

}  // namespace shakefield::gmm::nz_backarc
