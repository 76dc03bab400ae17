// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "shakefield/field/residuals.hpp"

namespace shakefield::field {

double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normal_quantile(double p) {
  if (p <= 0) return -std::numeric_limits<double>::infinity();
  if (p >= 1) return std::numeric_limits<double>::infinity();
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p);
}

double truncated_quantile(double p, Truncation truncation) {
  if (truncation.is_zero()) return 0;
  // The lower half only: there the distance of p from the end of the range is exact.
  if (p > 0.5) return -truncated_quantile(1 - p, truncation);
  const double below = normal_cdf(-truncation.k);
  return std::max(normal_quantile(below + p * (1 - 2 * below)), -truncation.k);
}

double truncated_sd(Truncation truncation) {
  const double k = truncation.k;
  if (truncation.is_zero()) return 0;
  if (k < 1e-3) return k / std::numbers::sqrt3;  // nearly uniform; the formula below would cancel
  const double density = std::exp(-k * k / 2) / std::sqrt(2 * std::numbers::pi);
  return std::sqrt(1 - 2 * k * density / std::erf(k / std::numbers::sqrt2));
}

}  // namespace shakefield::field
