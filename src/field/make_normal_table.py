#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Writes normal_table.hpp (needs numpy and scipy): python3 make_normal_table.py > normal_table.hpp

In each octave 2^-(k+1) <= p < 2^-k the function q(p) = -Phi^-1(p/2) is interpolated at the Chebyshev
nodes by a polynomial in t = mantissa(p) - 1.5, with mantissa in [1, 2). Error of the fit < 7.1e-7.
"""
import numpy as np
from numpy.polynomial import chebyshev
from scipy.special import ndtri

DEGREE = 6


def octave(k):
    fit = chebyshev.chebinterpolate(lambda x: -ndtri((1.5 + x / 2) * 2.0 ** -(k + 1) / 2), DEGREE)
    return (chebyshev.cheb2poly(fit) * 2.0 ** np.arange(DEGREE + 1)).astype(np.float32)


print("""// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace shakefield::field {

inline constexpr int normal_degree = 6;

/// Written by make_normal_table.py, which says what the numbers are: [8 octaves of p a row][power of t]
/// [lane]. An octave stands in the lane of the low three bits of its biased exponent; each row holds the
/// eight octaves twice, for registers of 16 lanes.
alignas(64) inline constexpr float normal_table[4][normal_degree + 1][16] = {
    // clang-format off""")
for row in range(4):
    lanes = [None] * 8
    for k in range(8 * row, 8 * row + 8):
        lanes[(126 - k) % 8] = octave(k)
    print("    {")
    for power in range(DEGREE + 1):
        text = ", ".join(f"{float(lane[power]):.9g}f" for lane in lanes)
        text = ", ".join(t if ("." in t or "e" in t) else t.replace("f", ".0f") for t in text.split(", "))
        print(f"        {{{text},\n         {text}}},")
    print("    },")
print("""    // clang-format on
};

}  // namespace shakefield::field""")
