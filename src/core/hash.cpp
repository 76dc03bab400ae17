// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/hash.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace shakefield::core {

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  return mix64(h);
}

void Digest::absorb(std::uint64_t word) {
  a_ = std::rotl(a_ ^ (word * 0x9e3779b97f4a7c15ULL), 29) * 0xbf58476d1ce4e5b9ULL + 1;
  b_ = std::rotl(b_ + (word ^ 0xd1b54a32d192ed03ULL) * 0x94d049bb133111ebULL, 37) ^ word;
}

void Digest::add(std::span<const std::byte> bytes) {
  std::size_t i = 0;
  const std::size_t n = bytes.size();
  while (i < n) {
    if (size_ % 8 == 0 && n - i >= 8) {
      std::uint64_t word;
      std::memcpy(&word, bytes.data() + i, 8);
      absorb(word);
      size_ += 8;
      i += 8;
      continue;
    }
    partial_ |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * (size_ % 8));
    ++size_;
    ++i;
    if (size_ % 8 == 0) {
      absorb(partial_);
      partial_ = 0;
    }
  }
}

std::string Digest::hex() const {
  Digest d = *this;
  d.absorb(d.partial_);
  d.absorb(size_);
  return fmt::format("{:016x}{:016x}", mix64(d.a_ ^ std::rotl(d.b_, 17)),
                     mix64(d.b_ + 0x9e3779b97f4a7c15ULL * d.a_));
}

}  // namespace shakefield::core
