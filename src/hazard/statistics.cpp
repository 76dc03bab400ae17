// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

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

double Statistics::quantile(std::span<const double> values, std::span<const double> weights,
                            double q) {
  constexpr std::size_t few = 64;
  candidates_.clear();
  for (std::size_t r = 0; r < values.size(); ++r) candidates_.push_back({values[r], weights[r]});
  Below below;
  for (std::size_t before = candidates_.size() + 1;
       candidates_.size() > few && candidates_.size() < before;) {
    before = candidates_.size();
    narrow(q, below);
  }
  return quantile_of_few(q, below);
}

void Statistics::narrow(double q, Below& below) {
  constexpr std::size_t num_intervals = 512;
  const auto [least, largest] = std::ranges::minmax_element(candidates_, {}, &Weighted::value);
  const double first = least->value;
  const double per_value = static_cast<double>(num_intervals) / (largest->value - first);
  if (!std::isfinite(per_value)) return;
  const auto interval = [&](const Weighted& c) {
    return std::min(static_cast<std::size_t>((c.value - first) * per_value), num_intervals - 1);
  };
  intervals_.assign(num_intervals, {});
  for (const Weighted& c : candidates_) {
    Below& own = intervals_[interval(c)];
    own.weight += c.weight;
    own.largest = own.any ? std::max(own.largest, c.value) : c.value;
    own.any = true;
  }
  std::size_t reached = 0;
  Below next = below;
  for (std::size_t i = 0; i < num_intervals; ++i) {
    if (!intervals_[i].any) continue;
    below = next;
    reached = i;
    if (q <= below.weight + intervals_[i].weight) break;
    next = {below.weight + intervals_[i].weight, intervals_[i].largest, true};
  }
  std::erase_if(candidates_, [&](const Weighted& c) { return interval(c) != reached; });
}

double Statistics::quantile_of_few(double q, Below below) {
  std::ranges::sort(candidates_, {},
                    [](const Weighted& c) { return std::pair(c.value, c.weight); });
  for (const auto& [value, weight] : candidates_) {
    const double sum = below.weight + weight;
    if (q <= sum) {
      if (!below.any || weight <= 0) return value;
      return below.largest + (value - below.largest) * (q - below.weight) / weight;
    }
    below = {sum, value, true};
  }
  return candidates_.back().value;
}

void Statistics::compute(std::span<const double> values, std::span<const double> weights,
                         std::span<double> out) {
  SHAKEFIELD_EXPECT(values.size() == weights.size());
  SHAKEFIELD_EXPECT(out.size() == wanted_.size());
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
        out[s] = quantile(values, weights, wanted_[s].q);
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
