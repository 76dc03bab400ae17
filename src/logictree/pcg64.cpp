// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>

#include "shakefield/logictree/sampling.hpp"

namespace shakefield::logictree {
namespace {

using U32 = std::uint32_t;

/// Seed sequence of O'Neill's randutils (2015) as NumPy uses it: four pool words, eight output
/// words.
class SeedSequence {
 public:
  explicit SeedSequence(std::uint64_t seed) {
    const std::array<U32, 4> words{static_cast<U32>(seed), static_cast<U32>(seed >> 32), 0, 0};
    for (std::size_t i = 0; i < pool_.size(); ++i) pool_[i] = absorb(words[i]);
    for (std::size_t s = 0; s < pool_.size(); ++s)
      for (std::size_t d = 0; d < pool_.size(); ++d)
        if (d != s) pool_[d] = combine(pool_[d], absorb(pool_[s]));
  }

  /// Four 64-bit words, low halves first.
  std::array<std::uint64_t, 4> generate() const {
    std::array<std::uint64_t, 4> out{};
    U32 key = 0x8b51f9ddU;
    for (std::size_t i = 0; i < 8; ++i) {
      U32 v = pool_[i % 4] ^ key;
      key *= 0x58f38dedU;
      v *= key;
      v ^= v >> 16;
      out[i / 2] |= static_cast<std::uint64_t>(v) << (32 * (i % 2));
    }
    return out;
  }

 private:
  U32 absorb(U32 v) {
    v ^= hash_;
    hash_ *= 0x931e8875U;
    v *= hash_;
    return v ^ (v >> 16);
  }
  static U32 combine(U32 x, U32 y) {
    const U32 r = 0xca01f9ddU * x - 0x4973f715U * y;
    return r ^ (r >> 16);
  }

  U32 hash_ = 0x43b0d7e5U;
  std::array<U32, 4> pool_{};
};

}  // namespace

Pcg64::Pcg64(std::uint64_t seed) {
  const auto q = SeedSequence(seed).generate();
  increment_ = (((static_cast<Word>(q[2]) << 64) | q[3]) << 1) | 1;
  step();
  state_ += (static_cast<Word>(q[0]) << 64) | q[1];
  step();
}

void Pcg64::step() {
  constexpr Word multiplier =
      (static_cast<Word>(0x2360ED051FC65DA4ULL) << 64) | 0x4385DF649FCCF645ULL;
  state_ = state_ * multiplier + increment_;
}

std::uint64_t Pcg64::next() {
  step();
  const auto high = static_cast<std::uint64_t>(state_ >> 64);
  const auto low = static_cast<std::uint64_t>(state_);
  return std::rotr(high ^ low, static_cast<int>(high >> 58));
}

double Pcg64::uniform() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

}  // namespace shakefield::logictree
