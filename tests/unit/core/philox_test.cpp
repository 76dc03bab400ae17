// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/philox.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <utility>

namespace shakefield::core {
namespace {

constexpr std::uint64_t two_words(std::uint32_t lo, std::uint32_t hi) {
  return lo | std::uint64_t{hi} << 32;
}

// Known answers of Philox4x32-10 as published with Random123 (tests/kat_vectors): counter, key,
// result.
struct KnownAnswer {
  std::array<std::uint32_t, 4> counter;
  StreamKey key;
  std::array<std::uint32_t, 4> result;
};
const KnownAnswer known_answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

TEST(PhiloxTest, GivesThePublishedKnownAnswers) {
  for (const auto& [counter, key, result] : known_answers)
    EXPECT_EQ(
        philox_block(key, two_words(counter[0], counter[1]), two_words(counter[2], counter[3])),
        result);
}

TEST(PhiloxTest, SequenceRunsThroughTheBlocksInOrder) {
  const StreamKey key{1, 2};
  PhiloxSequence sequence(key, 77);
  for (std::uint64_t block = 0; block < 3; ++block)
    for (const std::uint32_t word : philox_block(key, 77, block)) EXPECT_EQ(sequence(), word);
}

TEST(PhiloxTest, SequenceDrivesStandardDistributions) {
  PhiloxSequence sequence({5, 6}, 1);
  std::uniform_real_distribution<double> uniform;
  double sum = 0;
  for (int i = 0; i < 10000; ++i) sum += uniform(sequence);
  EXPECT_NEAR(sum / 10000, 0.5, 4 * 0.2887 / 100);  // 4 standard errors
}

TEST(PhiloxTest, UniformStaysInsideTheOpenInterval) {
  EXPECT_GT(uniform_open(0), 0.0);
  EXPECT_LT(uniform_open(0xffffffff), 1.0);
  EXPECT_EQ(uniform_open(0x80000000) + uniform_open(0x7fffffff), 1.0);
}

TEST(StreamKeyTest, DiffersBySeedComponentAndImt) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> keys;
  std::size_t made = 0;
  for (const std::uint64_t seed : {0u, 1u, 42u})
    for (const Component component : {Component::between, Component::within, Component::occurrence,
                                      Component::realization, Component::year})
      for (const char* imt : {"", "PGA", "PGV", "SA(0.3)", "SA(1.0)"}) {
        const StreamKey key = StreamKey::make(seed, component, imt);
        keys.insert({key.lo, key.hi});
        ++made;
      }
  EXPECT_EQ(keys.size(), made);
}

TEST(StreamKeyTest, IsAFunctionOfItsArguments) {
  const StreamKey a = StreamKey::make(42, Component::within, "PGA");
  const StreamKey b = StreamKey::make(42, Component::within, "PGA");
  EXPECT_EQ(a.lo, b.lo);
  EXPECT_EQ(a.hi, b.hi);
}

}  // namespace
}  // namespace shakefield::core
