// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace shakefield::calc {

/// Room that one number needs at most (fixed notation of the largest double included).
inline constexpr std::size_t max_number_chars = 328;

/// Writes a value as printf writes "%.5E", exactly rounded; NaN is "NAN". Returns the end. About 10
/// ns.
char* write_e5(char* to, float value);
/// Writes a value in scientific notation with `digits` decimals ("%.<digits>E"). Returns the end.
char* write_scientific(char* to, double value, int digits);
/// Writes a value with five decimals ("%.5f"). Returns the end.
char* write_fixed5(char* to, double value);
/// Shortest text that reads back as the same value, always with a fraction or an exponent: "50.0".
std::string shortest(double value);

}  // namespace shakefield::calc
