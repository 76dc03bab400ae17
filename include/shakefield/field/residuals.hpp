// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "shakefield/core/imt.hpp"
#include "shakefield/core/philox.hpp"

namespace shakefield::field {

/// Symmetric truncation of a standard normal at +-k. k = 0: the residual is 0; k >= 99: none to
/// speak of (treated like any other k; |z| of the generator ends at 6.2).
struct Truncation {
  double k = 3;
  bool is_zero() const { return k <= 1e-9; }
};

/// How many samples of one rupture share one call of the generator.
inline constexpr std::size_t samples_per_block = 4;

/// Counter of the streams of one block of four samples (sample / 4) of a rupture.
std::uint64_t event_key(std::uint64_t rupture_key, std::uint64_t sample);

/// Between-event residual of one event and IMT: the same at every site. docs/theory.md.
float between_residual(core::StreamKey key, std::uint64_t rupture_key, std::uint64_t sample,
                       Truncation truncation);

/// Within-event residuals of four samples of a rupture at N sites: out[w][i] belongs to sample 4 *
/// block + w. site_keys: [N] as two columns of words, padded to a multiple of 16; out: 4 columns,
/// padded the same. Inverse CDF of the (truncated) normal, absolute error < 2e-6 inside |z| <= 5.5.
/// Vectorised; a lane does not depend on its position.
void within_residuals(core::StreamKey key, std::uint64_t rupture_key, std::uint64_t block,
                      std::span<const std::uint32_t> site_key_lo,
                      std::span<const std::uint32_t> site_key_hi, Truncation truncation,
                      std::size_t n, const std::array<std::span<float>, 4>& out);

/// out[i] = exp(mean[i] + tau[i] * eta + phi[i] * eps[i]) (without exp if `logarithmic` is false).
/// [N], padded to 16.
void apply_residuals(std::span<const float> mean, std::span<const float> tau,
                     std::span<const float> phi, float eta, std::span<const float> eps,
                     bool logarithmic, std::size_t n, std::span<float> out);

/// Cumulative distribution of the standard normal, and its inverse (double precision).
double normal_cdf(double z);
double normal_quantile(double p);
/// Inverse CDF of the normal truncated at +-k; standard deviation of it (0.9866 at k = 3).
double truncated_quantile(double p, Truncation truncation);
double truncated_sd(Truncation truncation);

}  // namespace shakefield::field
