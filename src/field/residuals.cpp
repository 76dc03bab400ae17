// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/field/residuals.hpp"

#include <algorithm>

#include "padding.hpp"
#include "shakefield/core/contract.hpp"
#include "shakefield/core/hash.hpp"
#include "simd_math.hpp"

namespace shakefield::field {

std::uint64_t event_key(std::uint64_t rupture_key, std::uint64_t sample) {
  return core::combine64(rupture_key, sample / samples_per_block);
}

float between_residual(core::StreamKey key, std::uint64_t rupture_key, std::uint64_t sample,
                       Truncation truncation) {
  constexpr std::array<std::uint32_t, 16> no_site{};
  std::array<float, 16> value{};
  std::array<std::span<float>, samples_per_block> out{};
  out[sample % samples_per_block] = value;
  within_residuals(key, rupture_key, sample / samples_per_block, no_site, no_site, truncation, 1,
                   out);
  return value[0];
}

void within_residuals(core::StreamKey key, std::uint64_t rupture_key, std::uint64_t block,
                      std::span<const std::uint32_t> site_key_lo,
                      std::span<const std::uint32_t> site_key_hi, Truncation truncation,
                      std::size_t n, const std::array<std::span<float>, samples_per_block>& out) {
  n = padded(n);
  SHAKEFIELD_EXPECT(site_key_lo.size() >= n && site_key_hi.size() >= n);
  if (truncation.is_zero()) {
    for (const std::span<float> column : out)
      std::fill_n(column.begin(), std::min(n, column.size()), 0.0f);
    return;
  }
  const simd::Philox philox(key, event_key(rupture_key, block * samples_per_block));
  const simd::NormalFromWords normal(truncation.k, 2 * normal_cdf(-truncation.k));
  for (std::size_t i = 0; i < n; i += simd::lanes) {
    const auto word = philox(simd::hn::LoadU(simd::words, &site_key_lo[i]),
                             simd::hn::LoadU(simd::words, &site_key_hi[i]));
    for (std::size_t w = 0; w < samples_per_block; ++w)
      if (!out[w].empty()) simd::hn::StoreU(normal(word[w]), simd::floats, &out[w][i]);
  }
}

void apply_residuals(std::span<const float> mean, std::span<const float> tau,
                     std::span<const float> phi, float eta, std::span<const float> eps,
                     bool logarithmic, std::size_t n, std::span<float> out) {
  n = padded(n);
  for (std::size_t i = 0; i < n; i += simd::lanes) {
    const simd::Floats y = simd::ground_motion(&mean[i], &tau[i], &phi[i], &eps[i], eta);
    simd::hn::StoreU(logarithmic ? simd::exponential(y) : y, simd::floats, &out[i]);
  }
}

}  // namespace shakefield::field
