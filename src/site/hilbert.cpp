// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "hilbert.hpp"

#include <utility>

#include "shakefield/core/contract.hpp"

namespace shakefield::site {

std::uint64_t hilbert_index(std::uint32_t x, std::uint32_t y) {
  SHAKEFIELD_EXPECT((x | y) >> hilbert_bits == 0);
  constexpr std::uint32_t last_cell = (1u << hilbert_bits) - 1;
  std::uint64_t index = 0;
  for (int level = hilbert_bits - 1; level >= 0; --level) {
    const bool right = x >> level & 1, upper = y >> level & 1;
    // The curve visits the quarters lower left, upper left, upper right, lower right.
    const unsigned quarter = right ? (upper ? 2 : 3) : (upper ? 1 : 0);
    index = index << 2 | quarter;
    // In its first quarter the curve is mirrored at the diagonal, in its last one at the other
    // diagonal.
    if (quarter == 3) {
      x = last_cell - x;
      y = last_cell - y;
    }
    if (quarter == 0 || quarter == 3) std::swap(x, y);
  }
  return index;
}

}  // namespace shakefield::site
