// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace shakefield::hazard {

/// A statistic over realizations.
struct Statistic {
  enum class Kind { mean, std, quantile, max };
  Kind kind = Kind::mean;
  double q = 0;  ///< of a quantile, [0, 1]

  /// "mean", "std", "quantile-0.05", "max".
  std::string name() const;
  friend bool operator==(const Statistic&, const Statistic&) = default;
};

/// Statistics of one number of R realizations with weights w (sum 1), as the peer defines them:
/// mean: sum of w v; std: sqrt(sum of w (v - mean)²); max: whatever the weights; quantile: values
/// sorted, c_i = w_1 + ... + w_i, v linear in c at q, the first value up to c_1 and the last from
/// c_n on, exact but for rounding of the sums. Time grows as R. Keeps scratch memory: one object a
/// thread.
class Statistics {
 public:
  explicit Statistics(std::vector<Statistic> wanted) : wanted_(std::move(wanted)) {}

  /// values, weights: [R]; out: one number a statistic.
  void compute(std::span<const double> values, std::span<const double> weights,
               std::span<double> out);

 private:
  struct Weighted {
    double value, weight;
  };
  /// All values up to here, taken together.
  struct Below {
    double weight = 0;
    double largest = 0;
    bool any = false;
  };
  double quantile(std::span<const double> values, std::span<const double> weights, double q);
  /// Keeps of the candidates those of one of many equal intervals, in which q is reached.
  void narrow(double q, Below& below);
  double quantile_of_few(double q, Below below);

  std::vector<Statistic> wanted_;
  std::vector<Weighted> candidates_;
  std::vector<Below> intervals_;
};

/// Rate of exceedance in the time that a probability is for, as the peer converts: -ln(1 - p), a
/// certain p counting as 1 - 1e-45; below 1e-12 it is 0, above 100 it is 100.
double rate_of(double probability);
/// 1 - exp(-rate).
double probability_of(double rate);

}  // namespace shakefield::hazard
