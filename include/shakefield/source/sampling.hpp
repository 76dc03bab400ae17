// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "shakefield/source/source.hpp"
#include "shakefield/source/source_group.hpp"

namespace shakefield::source {

/// How many years of one source model are drawn, and from which stream. The time is made of trials:
/// investigation times that are drawn independently.
struct SamplingOptions {
  std::uint64_t seed = 42;  ///< ses_seed
  double effective_time_yr =
      1;  ///< investigation_time x ses x (paths or samples) of this source model
  double minimum_magnitude = 0;  ///< ruptures below it give no events; indices do not move
  std::uint32_t num_trials = 1;  ///< ses x (paths or samples)
};

/// One rupture that occurs at least once.
struct SampledRupture {
  std::size_t index = 0;  ///< in the unfiltered enumeration of its source
  std::uint32_t occurrences = 0;
};

/// Key of the random streams of one rupture: source instance (id and logic-tree path) and
/// enumeration index.
std::uint64_t rupture_key(std::uint64_t source_key, std::size_t index);

/// Draws when the ruptures of one source occur. Every rupture has its own random stream, and every
/// group one: the results do not depend on how the work is cut. Immutable, thread-safe, local.
class OccurrenceSampler {
 public:
  /// A source without a group, or of a plain one, is independent of all others. The source must
  /// outlive the sampler.
  OccurrenceSampler(const Source& source, std::uint64_t source_key, const SamplingOptions& options,
                    const GroupMember& member = {});

  /// Those of the ruptures [first, last) that occur. Ruptures with Poisson rates: independent draws
  /// with mean rate x effective time.
  std::vector<SampledRupture> sample(std::size_t first, std::size_t last) const;
  /// The trial of each occurrence of a rupture, ascending, [0, num_trials); empty if each is in any
  /// trial, independently. (A negative binomial law bunches events; probabilities of occurrence and
  /// groups say how often in one trial.)
  std::vector<std::uint32_t> trials(std::size_t index) const;

 private:
  double rate_of(std::size_t index) const;
  /// Whether rates alone say how often ruptures occur.
  bool is_poissonian() const;
  std::vector<std::uint32_t> draw_trials(std::size_t index, double rate) const;

  const Source& source_;
  std::uint64_t source_key_;
  SamplingOptions options_;
  bool occurs_once_ = false;  ///< a cluster's ruptures occur whenever the cluster does
  /// Trials in which the group lets this source break; none: all of them.
  std::optional<std::vector<std::uint32_t>> open_trials_;
  /// Ruptures that exclude each other: which one may break in each open trial.
  std::vector<std::size_t> chosen_;
};

/// OccurrenceSampler::sample for an independent source.
std::vector<SampledRupture> sample_occurrences(const Source& source, std::uint64_t source_key,
                                               std::size_t first, std::size_t last,
                                               const SamplingOptions& options);

}  // namespace shakefield::source
