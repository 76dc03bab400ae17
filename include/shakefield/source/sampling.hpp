// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "shakefield/source/source.hpp"

namespace shakefield::source {

/// How many years of one source model are drawn, and from which stream.
struct SamplingOptions {
  std::uint64_t seed = 42;  ///< ses_seed
  double effective_time_yr =
      1;  ///< investigation_time x ses x (paths or samples) of this source model
  double minimum_magnitude = 0;  ///< ruptures below it give no events; indices do not move
};

/// One rupture that occurs at least once.
struct SampledRupture {
  std::size_t index = 0;  ///< in the unfiltered enumeration of its source
  std::uint32_t occurrences = 0;
};

/// Key of the random streams of one rupture: source instance (id and logic-tree path) and
/// enumeration index.
std::uint64_t rupture_key(std::uint64_t source_key, std::size_t index);

/// Number of occurrences of ruptures [first, last): independent Poisson draws with mean rate x
/// effective time, each from the stream (seed, occurrence, rupture key). The same for any cut of
/// the range. Local.
std::vector<SampledRupture> sample_occurrences(const Source& source, std::uint64_t source_key,
                                               std::size_t first, std::size_t last,
                                               const SamplingOptions& options);

}  // namespace shakefield::source
