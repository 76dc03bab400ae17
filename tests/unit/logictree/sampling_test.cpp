// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/logictree/sampling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace shakefield::logictree {
namespace {

// Figures of numpy.random.Generator(PCG64(seed)).random(); paths as exported by the OpenQuake
// engine 3.26.2 for its demos LatinSamplingClassicalPSHA and LogicTreeCase2ClassicalPSHA.

/// Branch letters of one source branch and four sets of three branches, as in both demos; sorted.
std::vector<std::string> paths_of_five_sets(std::size_t samples, std::uint64_t seed,
                                            SamplingMethod method) {
  const std::vector<double> one{1.0}, three{0.333, 0.333, 0.334};
  const auto x = sample_matrix(samples, 5, seed, is_latin(method));
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < samples; ++i) {
    std::string path;
    for (std::size_t s = 0; s < 5; ++s)
      path += static_cast<char>('A' + choose_branch(s == 0 ? one : three, x[i * 5 + s], method));
    paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Pcg64Test, GivesTheNumbersOfNumpy) {
  Pcg64 a(42);
  EXPECT_EQ(a.uniform(), 0.7739560485559633);
  EXPECT_EQ(a.uniform(), 0.4388784397520523);
  EXPECT_EQ(a.uniform(), 0.8585979199113825);
  Pcg64 b(24);
  EXPECT_EQ(b.uniform(), 0.3302688366693154);
  EXPECT_EQ(b.uniform(), 0.40517731563914383);
}

TEST(Pcg64Test, TakesSeedsOfMoreThan32Bits) {
  // numpy.random.Generator(numpy.random.PCG64(2**33 + 5)).random(2)
  Pcg64 c((std::uint64_t{1} << 33) + 5);
  EXPECT_EQ(c.uniform(), 0.23772096442823154);
  EXPECT_EQ(c.uniform(), 0.42782131249807576);
}

TEST(SampleMatrixTest, DrawsTheLatinPathsOfThePeer) {
  EXPECT_EQ(paths_of_five_sets(12, 24, SamplingMethod::early_latin),
            (std::vector<std::string>{"AABAB", "AABAC", "AACBB", "AACCA", "ABAAC", "ABABA", "ABBAC",
                                      "ABCCB", "ACABA", "ACABB", "ACBCC", "ACCCA"}));
}

TEST(SampleMatrixTest, DrawsTheWeightedPathsOfThePeer) {
  EXPECT_EQ(paths_of_five_sets(12, 23, SamplingMethod::early_weights),
            (std::vector<std::string>{"AAACB", "AABCB", "AACBC", "ABAAB", "ABABA", "ABBAB", "ABBCC",
                                      "ABCAC", "ABCBC", "ACABC", "ACBAB", "ACBCB"}));
  EXPECT_EQ(paths_of_five_sets(6, 23, SamplingMethod::late_weights),
            (std::vector<std::string>{"AAACB", "ABAAB", "ABABA", "ABBCC", "ABCBC", "ACABC"}));
}

TEST(SampleMatrixTest, LatinColumnsHaveOneNumberInEachStratum) {
  constexpr std::size_t n = 100, d = 3;
  const auto x = sample_matrix(n, d, 7, true);
  for (std::size_t c = 0; c < d; ++c) {
    std::vector<int> hits(n, 0);
    for (std::size_t i = 0; i < n; ++i) ++hits[static_cast<std::size_t>(x[i * d + c] * n)];
    EXPECT_EQ(std::count(hits.begin(), hits.end(), 1), static_cast<long>(n));
  }
}

TEST(ChooseBranchTest, EarlyMethodsFollowTheWeights) {
  const std::vector<double> weights{0.1, 0.6, 0.3};
  constexpr std::size_t n = 100000;
  const auto x = sample_matrix(n, 1, 11, false);
  std::vector<double> counts(3, 0);
  for (const double u : x) ++counts[choose_branch(weights, u, SamplingMethod::early_weights)];
  for (std::size_t b = 0; b < 3; ++b) {
    const double sd = std::sqrt(n * weights[b] * (1 - weights[b]));
    EXPECT_NEAR(counts[b], n * weights[b], 4 * sd);
  }
}

TEST(ChooseBranchTest, LateMethodsIgnoreTheWeights) {
  const std::vector<double> weights{0.98, 0.01, 0.01};
  EXPECT_EQ(choose_branch(weights, 0.30, SamplingMethod::late_weights), 0u);
  EXPECT_EQ(choose_branch(weights, 0.50, SamplingMethod::late_weights), 1u);
  EXPECT_EQ(choose_branch(weights, 0.99, SamplingMethod::late_latin), 2u);
}

}  // namespace
}  // namespace shakefield::logictree
