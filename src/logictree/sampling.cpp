// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/sampling.hpp"

#include <algorithm>
#include <numeric>

#include "shakefield/core/contract.hpp"

namespace shakefield::logictree {
namespace {

void stratify_columns(std::vector<double>& x, std::size_t samples, std::size_t columns) {
  std::vector<std::size_t> order(samples);
  for (std::size_t c = 0; c < columns; ++c) {
    const auto at = [&](std::size_t row) -> double& { return x[row * columns + c]; };
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return at(a) < at(b); });
    for (std::size_t row = 0; row < samples; ++row)
      at(row) = (static_cast<double>(order[row]) + at(row)) / static_cast<double>(samples);
  }
}

}  // namespace

std::vector<double> sample_matrix(std::size_t samples, std::size_t columns, std::uint64_t seed,
                                  bool latin) {
  Pcg64 generator(seed);
  std::vector<double> x(samples * columns);
  for (double& value : x) value = generator.uniform();
  if (latin) stratify_columns(x, samples, columns);
  return x;
}

std::size_t choose_branch(std::span<const double> weights, double uniform, SamplingMethod method) {
  SHAKEFIELD_EXPECT(!weights.empty());
  const std::size_t n = weights.size();
  const double equal = 1.0 / static_cast<double>(n);
  double running = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    // The peer's rounding: weights are summed left to right, equal shares are multiplied.
    running = is_early(method) ? running + weights[i] : equal + static_cast<double>(i) * equal;
    if (running >= uniform) return i;
  }
  return n - 1;
}

}  // namespace shakefield::logictree
