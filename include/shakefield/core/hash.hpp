// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace shakefield::core {

/// Mixes all 64 bits (the finaliser of SplitMix64; Steele et al. 2014). A bijection.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return x;
}

/// Order-dependent combination of two 64-bit keys.
constexpr std::uint64_t combine64(std::uint64_t a, std::uint64_t b) {
  return mix64(a + 0x9e3779b97f4a7c15ULL + mix64(b + 0xd1b54a32d192ed03ULL));
}

/// 64-bit key of a text (FNV-1a, then mixed): the same on every machine.
std::uint64_t hash_text(std::string_view text);

/// Streaming 128-bit digest of bytes: two independent 64-bit lanes. Not cryptographic; finds
/// differing files.
class Digest {
 public:
  void add(std::span<const std::byte> bytes);
  /// 32 hexadecimal digits of all bytes added so far.
  std::string hex() const;

 private:
  void absorb(std::uint64_t word);
  std::uint64_t a_ = 0x243f6a8885a308d3ULL;
  std::uint64_t b_ = 0x13198a2e03707344ULL;
  std::uint64_t size_ = 0;
  std::uint64_t partial_ = 0;
};

}  // namespace shakefield::core
