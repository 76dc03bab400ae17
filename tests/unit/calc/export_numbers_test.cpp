// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "export_numbers.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>
#include <string>

namespace shakefield::calc {
namespace {

std::string e5(float value) {
  char text[max_number_chars];
  return {text, write_e5(text, value)};
}

/// The C library as the oracle: it rounds exactly, half to even.
std::string printed(float value) {
  char text[64];
  std::snprintf(text, sizeof(text), "%.5E", static_cast<double>(value));
  return text;
}

TEST(ExportNumbersTest, E5AgreesWithPrintfForRandomBitPatterns) {
  std::mt19937 random(20261123);
  for (int i = 0; i < 1000000; ++i) {
    const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (!std::isfinite(value)) continue;
    ASSERT_EQ(e5(value), printed(value)) << std::hexfloat << value;
  }
}

TEST(ExportNumbersTest, E5AgreesWithPrintfForValuesOfGroundMotion) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> ln(-25, 5);
  for (int i = 0; i < 1000000; ++i) {
    const float value = std::exp(ln(random));
    ASSERT_EQ(e5(value), printed(value)) << std::hexfloat << value;
  }
}

TEST(ExportNumbersTest, E5RoundsTiesAsPrintf) {
  // Dyadic numbers with a 5 as seventh digit stand exactly between two texts.
  for (const float tie : {1048576.5F, 1.0000005F, 131072.25F, 100000.5F, 100001.5F, 999999.5F,
                          0.0001220703125F, 4194305.0F, 1000005.0F, 1000015.0F, 33554435.0F})
    EXPECT_EQ(e5(tie), printed(tie));
}

TEST(ExportNumbersTest, E5AgreesWithPrintfBesidePowersOfTen) {
  for (int p = -44; p <= 38; ++p) {
    float value = std::pow(10.0F, static_cast<float>(p));
    for (int i = 0; i < 4; ++i) value = std::nextafter(value, 0.0F);
    for (int i = 0; i < 8;
         ++i, value = std::nextafter(value, std::numeric_limits<float>::infinity())) {
      EXPECT_EQ(e5(value), printed(value));
      EXPECT_EQ(e5(-value), printed(-value));
    }
  }
}

TEST(ExportNumbersTest, E5WritesSpecialValues) {
  EXPECT_EQ(e5(0.0F), "0.00000E+00");
  EXPECT_EQ(e5(-0.0F), "-0.00000E+00");
  EXPECT_EQ(e5(std::numeric_limits<float>::quiet_NaN()), "NAN");
  EXPECT_EQ(e5(std::numeric_limits<float>::infinity()), "INF");
  EXPECT_EQ(e5(-std::numeric_limits<float>::infinity()), "-INF");
  EXPECT_EQ(e5(std::numeric_limits<float>::max()), "3.40282E+38");
  EXPECT_EQ(e5(std::numeric_limits<float>::denorm_min()), "1.40130E-45");
}

TEST(ExportNumbersTest, ShortestAlwaysShowsAFraction) {
  EXPECT_EQ(shortest(50), "50.0");
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(1e300), "1e+300");
}

TEST(ExportNumbersTest, FixedAndScientificWriteTheGivenDecimals) {
  char text[max_number_chars];
  EXPECT_EQ(std::string(text, write_fixed5(text, -122.5)), "-122.50000");
  EXPECT_EQ(std::string(text, write_fixed5(text, 1e308)).size(), 309U + 6U);
  EXPECT_EQ(std::string(text, write_scientific(text, 44.99997, 6)), "4.499997E+01");
}

}  // namespace
}  // namespace shakefield::calc
