// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/hazard/curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "shakefield/core/contract.hpp"
#include "simd_normal.hpp"

namespace shakefield::hazard {

static_assert(level_padding % simd::lanes == 0);

Combination Combination::of_realizations(std::vector<std::vector<double>> weights) {
  Combination combination;
  for (std::uint32_t r = 0; r < weights.front().size(); ++r) combination.columns.push_back({r});
  combination.weights = std::move(weights);
  return combination;
}

std::vector<std::string> CurveKinds::names(std::size_t num_realizations) const {
  std::vector<std::string> names;
  for (const Statistic& statistic : statistics) names.push_back(statistic.name());
  for (std::size_t r = 0; realizations && r < num_realizations; ++r)
    names.push_back(fmt::format("rlz-{:03}", r));
  return names;
}

CurveMaker::CurveMaker(Combination combination, CurveKinds kinds)
    : combination_(std::move(combination)),
      kinds_(std::move(kinds)),
      statistics_(kinds_.statistics),
      block_(combination_.columns.size() * level_padding),
      values_(combination_.columns.size()),
      out_(kinds_.statistics.size()) {}

std::size_t CurveMaker::num_kinds() const {
  return kinds_.statistics.size() + (kinds_.realizations ? combination_.columns.size() : 0);
}

void CurveMaker::fill_block(std::span<const double> rates, std::size_t column_stride,
                            std::size_t first) {
  namespace hn = simd::hn;
  using simd::tag;
  for (std::size_t r = 0; r < combination_.columns.size(); ++r)
    for (std::size_t v = 0; v < level_padding; v += simd::lanes) {
      simd::Vector sum = hn::Zero(tag);
      for (const std::uint32_t column : combination_.columns[r])
        sum = hn::Add(sum, hn::LoadU(tag, &rates[column * column_stride + first + v]));
      // Beyond 700 the exponential is 0 in any case; an infinite rate must not become NaN.
      const simd::Vector rate = hn::Min(sum, hn::Set(tag, 700.0));
      hn::StoreU(hn::Neg(hn::Expm1(tag, hn::Neg(rate))), tag, &block_[r * level_padding + v]);
    }
}

void CurveMaker::make(std::span<const double> rates, std::size_t column_stride,
                      std::size_t level_stride, std::span<float> out) {
  const std::size_t num_values = combination_.weights.size() * level_stride;
  SHAKEFIELD_EXPECT(level_stride % level_padding == 0);
  SHAKEFIELD_EXPECT(out.size() >= num_kinds() * num_values);
  const std::size_t num_statistics = kinds_.statistics.size();
  for (std::size_t first = 0; first < num_values; first += level_padding) {
    fill_block(rates, column_stride, first);
    const std::vector<double>& weights = combination_.weights[first / level_stride];
    for (std::size_t v = 0; v < level_padding; ++v) {
      for (std::size_t r = 0; r < values_.size(); ++r) {
        const double poe = block_[r * level_padding + v];
        values_[r] = kinds_.use_rates ? rate_of(poe) : poe;
        if (kinds_.realizations)
          out[(num_statistics + r) * num_values + first + v] = static_cast<float>(poe);
      }
      statistics_.compute(values_, weights, out_);
      for (std::size_t s = 0; s < num_statistics; ++s)
        out[s * num_values + first + v] =
            static_cast<float>(kinds_.use_rates ? probability_of(out_[s]) : out_[s]);
    }
  }
}

}  // namespace shakefield::hazard
