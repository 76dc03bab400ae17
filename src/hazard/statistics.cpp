// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "shakefield/core/contract.hpp"

namespace shakefield::hazard {
namespace {

double mean_of(std::span<const double> values, std::span<const double> weights) {
  double sum = 0;
  for (std::size_t r = 0; r < values.size(); ++r) sum += weights[r] * values[r];
  return sum;
}

}  // namespace

std::string Statistic::name() const {
  switch (kind) {
    case Kind::mean:
      return "mean";
    case Kind::std:
      return "std";
    case Kind::quantile:
      return fmt::format("quantile-{}", q);
    case Kind::max:
      return "max";
  }
  return "";
}

double Statistics::quantile(double q) const {
  double below = 0, value_below = sorted_.front().first;
  for (const auto& [value, weight] : sorted_) {
    const double sum = below + weight;
    if (q <= sum) {
      const bool is_first = &value == &sorted_.front().first;
      if (is_first || weight <= 0) return value;
      return value_below + (value - value_below) * (q - below) / weight;
    }
    below = sum;
    value_below = value;
  }
  return sorted_.back().first;
}

void Statistics::compute(std::span<const double> values, std::span<const double> weights,
                         std::span<double> out) {
  SHAKEFIELD_EXPECT(values.size() == weights.size());
  SHAKEFIELD_EXPECT(out.size() == wanted_.size());
  sorted_.clear();
  for (std::size_t s = 0; s < wanted_.size(); ++s) {
    switch (wanted_[s].kind) {
      case Statistic::Kind::mean:
        out[s] = mean_of(values, weights);
        break;
      case Statistic::Kind::std: {
        const double centre = mean_of(values, weights);
        double sum = 0;
        for (std::size_t r = 0; r < values.size(); ++r)
          sum += weights[r] * (values[r] - centre) * (values[r] - centre);
        out[s] = std::sqrt(sum);
        break;
      }
      case Statistic::Kind::max:
        out[s] = std::ranges::max(values);
        break;
      case Statistic::Kind::quantile:
        if (sorted_.empty()) {
          for (std::size_t r = 0; r < values.size(); ++r)
            sorted_.emplace_back(values[r], weights[r]);
          std::ranges::sort(sorted_);
        }
        out[s] = quantile(wanted_[s].q);
        break;
    }
  }
}

double rate_of(double probability) {
  constexpr double least_complement = 1e-45, least = 1e-12, most = 100;
  const double complement = 1 - probability;
  const double rate = complement > 0 ? -std::log1p(-probability) : -std::log(least_complement);
  return rate < least ? 0 : std::min(rate, most);
}

double probability_of(double rate) {
  return -std::expm1(-rate);
}

}  // namespace shakefield::hazard
