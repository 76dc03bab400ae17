// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "export_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace shakefield::calc {
namespace {

// Decimal exponents of positive floats run from -45 to 38; five more are needed to scale to six
// digits.
constexpr int lowest_power = -50;
constexpr int highest_power = 55;

/// Powers of ten, each rounded once from the exact value.
const std::array<double, highest_power - lowest_power + 1>& powers_of_ten() {
  static const auto table = [] {
    std::array<double, highest_power - lowest_power + 1> t{};
    for (int p = lowest_power; p <= highest_power; ++p) {
      const std::string text = fmt::format("1e{}", p);
      std::from_chars(text.data(), text.data() + text.size(),
                      t[static_cast<std::size_t>(p - lowest_power)]);
    }
    return t;
  }();
  return table;
}

/// All pairs of digits "00" … "99".
constexpr auto digit_pairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

void put_pair(char* to, std::uint32_t value) {
  std::memcpy(to, &digit_pairs[std::size_t{2} * value], 2);
}

char* put_text(char* to, std::string_view text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

}  // namespace

char* write_e5(char* to, float value) {
  if (!(std::abs(value) <= std::numeric_limits<float>::max()) || value == 0)
    return write_scientific(to, static_cast<double>(value), 5);
  const auto* const power = powers_of_ten().data() - lowest_power;
  const double magnitude = std::abs(static_cast<double>(value));
  // log10 from the binary exponent is the decimal exponent or one less.
  const auto binary = static_cast<int>(std::bit_cast<std::uint64_t>(magnitude) >> 52) - 1023;
  auto exponent = static_cast<int>(std::floor(binary * 0.30102999566398120));
  if (magnitude >= power[exponent + 1]) ++exponent;

  // Six digits before the point. The product is off by less than 1e-9, so the rounding is certain
  // unless the fraction is that close to one half; then the exact conversion decides.
  const double scaled = magnitude * power[5 - exponent];
  auto digits = static_cast<std::uint32_t>(scaled);
  const double fraction = scaled - digits;
  if (std::abs(fraction - 0.5) < 1e-6) return write_scientific(to, static_cast<double>(value), 5);
  if (fraction > 0.5) ++digits;
  if (digits == 1000000) {
    digits = 100000;
    ++exponent;
  }

  if (value < 0) *to++ = '-';
  char pairs[6];
  put_pair(pairs, digits / 10000);
  put_pair(pairs + 2, digits / 100 % 100);
  put_pair(pairs + 4, digits % 100);
  to[0] = pairs[0];
  to[1] = '.';
  std::memcpy(to + 2, pairs + 1, 5);
  to[7] = 'E';
  to[8] = exponent < 0 ? '-' : '+';
  put_pair(to + 9, static_cast<std::uint32_t>(std::abs(exponent)));
  return to + 11;
}

char* write_scientific(char* to, double value, int digits) {
  if (std::isnan(value)) return put_text(to, "NAN");
  if (std::isinf(value)) return put_text(to, value < 0 ? "-INF" : "INF");
  char* const end =
      std::to_chars(to, to + max_number_chars, value, std::chars_format::scientific, digits).ptr;
  *std::find(to, end, 'e') = 'E';
  return end;
}

char* write_fixed5(char* to, double value) {
  return std::to_chars(to, to + max_number_chars, value, std::chars_format::fixed, 5).ptr;
}

std::string shortest(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

}  // namespace shakefield::calc
