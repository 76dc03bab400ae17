// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace shakefield::source {

/// How often a rupture with an annual rate occurs in a time (docs/definitions/sources.md, section
/// 5). A value.
struct TemporalModel {
  enum class Kind : std::uint8_t {
    poisson,            ///< independent occurrences
    negative_binomial,  ///< mean rate x time, variance mean + alpha mean^2
    fated               ///< once in every investigation time, whatever the rate
  };
  Kind kind = Kind::poisson;
  double alpha = 0;  ///< dispersion of the negative binomial law, > 0

  friend bool operator==(const TemporalModel&, const TemporalModel&) = default;
};

/// Probability that nothing exceeds a level in `time_yr` years (one investigation time), if each
/// occurrence does with probability poe in [0, 1]. Poisson: exp(-rate time poe); negative binomial:
/// (1 + alpha rate time poe)^(-1/alpha); fated: 1 - poe.
double non_exceedance(const TemporalModel& model, double rate, double time_yr, double poe);

/// The same for a rupture with probabilities p_k of k = 0, 1, 2, ... occurrences in the
/// investigation time: sum of p_k (1 - poe)^k.
double non_exceedance(std::span<const double> probs_occur, double poe);

}  // namespace shakefield::source
