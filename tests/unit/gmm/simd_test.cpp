// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "simd.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace shakefield::gmm {
namespace {

using Lanes = std::array<double, lanes>;

Lanes values_of(Real x) {
  Lanes values;
  x.store(values.data());
  return values;
}

/// Compares a vector function with its scalar twin of the standard library in every lane.
void expect_same(auto vector, auto scalar, double low, double high, double relative) {
  std::mt19937 random(1);
  std::uniform_real_distribution uniform(low, high);
  for (int round = 0; round < 2000; ++round) {
    Lanes x;
    for (double& one : x) one = uniform(random);
    const Lanes y = values_of(vector(Real::load(x.data())));
    for (std::size_t i = 0; i < lanes; ++i) {
      const double expected = scalar(x[i]);
      ASSERT_NEAR(y[i], expected, relative * std::max(1.0, std::abs(expected))) << "x = " << x[i];
    }
  }
}

TEST(RealTest, FunctionsAgreeWithTheStandardLibrary) {
  expect_same([](Real x) { return exp(x); }, [](double x) { return std::exp(x); }, -50, 50, 1e-14);
  expect_same([](Real x) { return log(x); }, [](double x) { return std::log(x); }, 1e-3, 1e4,
              1e-14);
  expect_same([](Real x) { return log10(x); }, [](double x) { return std::log10(x); }, 1e-3, 1e4,
              1e-14);
  expect_same([](Real x) { return log1p(x); }, [](double x) { return std::log1p(x); }, 0, 1e4,
              1e-14);
  expect_same([](Real x) { return tanh(x); }, [](double x) { return std::tanh(x); }, -9, 9, 1e-14);
  expect_same([](Real x) { return sin(x); }, [](double x) { return std::sin(x); }, -9, 9, 1e-14);
  expect_same([](Real x) { return cos(x); }, [](double x) { return std::cos(x); }, -9, 9, 1e-14);
  expect_same([](Real x) { return atan(x); }, [](double x) { return std::atan(x); }, -99, 99,
              1e-14);
  expect_same([](Real x) { return pow(x, 1.7); }, [](double x) { return std::pow(x, 1.7); }, 0, 99,
              1e-13);
  expect_same([](Real x) { return pow(10.0, x); }, [](double x) { return std::pow(10.0, x); }, -9,
              9, 1e-13);
}

TEST(RealTest, MixesWithDoubles) {
  const Real x = 2.0;
  EXPECT_EQ(values_of(3 * x + 1.0 - x / 4)[0], 6.5);
  EXPECT_EQ(values_of(clamp(-x, -1.0, 1.0))[lanes - 1], -1.0);
}

TEST(RealTest, SelectChoosesLaneByLane) {
  Lanes x;
  for (std::size_t i = 0; i < lanes; ++i) x[i] = static_cast<double>(i);
  const Real r = Real::load(x.data());
  const Lanes y = values_of(select(r >= 1.0 && r < 2.0, 10.0, r));
  for (std::size_t i = 0; i < lanes; ++i) EXPECT_EQ(y[i], i == 1 ? 10.0 : x[i]);
  EXPECT_TRUE(any(r == 0.0));
  EXPECT_TRUE(all(r >= 0.0));
  EXPECT_FALSE(any(r < 0.0 || r > 99.0));
}

TEST(RealTest, PowerOfZeroIsZero) {
  EXPECT_EQ(values_of(pow(Real(0.0), 2.0))[0], 0.0);
}

}  // namespace
}  // namespace shakefield::gmm
