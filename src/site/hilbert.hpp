// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace shakefield::site {

inline constexpr int hilbert_bits = 20;  ///< an axis: cells of 2 m on a square of 2,000 km

/// Position of a cell on the Hilbert curve that fills a square of 2^hilbert_bits cells a side.
/// x, y < 2^hilbert_bits. Source: Hilbert (1891), doi:10.1007/BF01199431.
std::uint64_t hilbert_index(std::uint32_t x, std::uint32_t y);

}  // namespace shakefield::site
