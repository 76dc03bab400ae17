// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/source/sampling.hpp"

#include <boost/random/poisson_distribution.hpp>
#include <limits>

#include "shakefield/core/hash.hpp"
#include "shakefield/core/philox.hpp"

namespace shakefield::source {

namespace {

/// 64 bits a draw instead of 32: with 32, means below 1e-8 would round to "never" or to a few per
/// cent of themselves.
class WideSequence {
 public:
  using result_type = std::uint64_t;
  WideSequence(core::StreamKey key, std::uint64_t event_key) : words_(key, event_key) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    const result_type high = words_();
    return high << 32 | words_();
  }

 private:
  core::PhiloxSequence words_;
};

}  // namespace

std::uint64_t rupture_key(std::uint64_t source_key, std::size_t index) {
  return core::combine64(source_key, index);
}

std::vector<SampledRupture> sample_occurrences(const Source& source, std::uint64_t source_key,
                                               std::size_t first, std::size_t last,
                                               const SamplingOptions& options) {
  const auto key = core::StreamKey::make(options.seed, core::Component::occurrence);
  std::vector<SampledRupture> sampled;
  source.for_each_rate(first, last, [&](std::size_t index, double mag, double rate) {
    if (mag < options.minimum_magnitude) return;
    WideSequence random(key, rupture_key(source_key, index));
    boost::random::poisson_distribution<std::uint32_t> poisson(rate * options.effective_time_yr);
    const std::uint32_t occurrences = poisson(random);
    if (occurrences > 0) sampled.push_back({index, occurrences});
  });
  return sampled;
}

}  // namespace shakefield::source
