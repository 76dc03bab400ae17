// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/core/hash.hpp"
#include "shakefield/field/residuals.hpp"

namespace shakefield::field {

constexpr std::size_t padded_size(std::size_t n) {
  return (n + 15) / 16 * 16;
}

/// Site keys as two padded columns of words.
struct KeyColumns {
  std::size_t size;
  std::vector<std::uint32_t> lo, hi;

  explicit KeyColumns(std::size_t n) : size(n), lo(padded_size(n)), hi(padded_size(n)) {
    for (std::size_t i = 0; i < n; ++i) set(i, core::mix64(i + 1));
  }
  void set(std::size_t i, std::uint64_t key) {
    lo[i] = static_cast<std::uint32_t>(key);
    hi[i] = static_cast<std::uint32_t>(key >> 32);
  }
  std::uint64_t key(std::size_t i) const { return lo[i] | std::uint64_t{hi[i]} << 32; }
  /// The same keys without the first `shift` ones.
  KeyColumns from(std::size_t shift) const {
    KeyColumns part(size - shift);
    for (std::size_t i = 0; i < part.size; ++i) part.set(i, key(i + shift));
    return part;
  }
};

/// within_residuals with its own memory.
struct Residuals {
  std::array<std::vector<float>, samples_per_block> column;

  Residuals(core::StreamKey key, std::uint64_t rupture_key, std::uint64_t block,
            const KeyColumns& keys, Truncation truncation) {
    for (std::vector<float>& c : column) c.resize(keys.lo.size());
    within_residuals(key, rupture_key, block, keys.lo, keys.hi, truncation, keys.size,
                     {column[0], column[1], column[2], column[3]});
  }
};

/// Pearson's coefficient of n pairs.
inline double correlation(std::span<const float> a, std::span<const float> b, std::size_t n) {
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (std::size_t i = 0; i < n; ++i) {
    sa += a[i], sb += b[i];
    saa += double{a[i]} * a[i], sbb += double{b[i]} * b[i], sab += double{a[i]} * b[i];
  }
  const double count = static_cast<double>(n);
  return (sab - sa * sb / count) / std::sqrt((saa - sa * sa / count) * (sbb - sb * sb / count));
}

}  // namespace shakefield::field
