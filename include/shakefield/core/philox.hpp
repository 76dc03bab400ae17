// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace shakefield::core {

/// What a random number is for. A stream never depends on the position of an IMT or the number of
/// ranks.
enum class Component : std::uint8_t { between, within, occurrence, realization, year };

/// Key of one family of random streams: (seed, component, IMT name). Source: docs/theory.md.
struct StreamKey {
  std::uint32_t lo = 0;
  std::uint32_t hi = 0;

  /// `imt_name` is empty where the component does not depend on an IMT.
  static StreamKey make(std::uint64_t seed, Component component, std::string_view imt_name = {});
};

/// Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405; Random123): 128 random bits for
/// a counter. `event_key` and `site_key` form the counter. Pure function; the same on every
/// machine.
std::array<std::uint32_t, 4> philox_block(StreamKey key, std::uint64_t event_key,
                                          std::uint64_t site_key);

/// Uniform in (0, 1), never 0 or 1, from one word (32 bits).
constexpr double uniform_open(std::uint32_t word) {
  return (word + 0.5) * 0x1p-32;
}

/// A sequence of words for one event key, for algorithms that take a varying number of draws
/// (a C++ uniform random bit generator: usable with Boost.Random).
class PhiloxSequence {
 public:
  using result_type = std::uint32_t;
  PhiloxSequence(StreamKey key, std::uint64_t event_key) : key_(key), event_key_(event_key) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()();

 private:
  StreamKey key_;
  std::uint64_t event_key_;
  std::uint64_t block_ = 0;
  unsigned next_ = 4;
  std::array<std::uint32_t, 4> words_{};
};

}  // namespace shakefield::core
