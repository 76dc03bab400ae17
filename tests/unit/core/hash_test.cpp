// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <random>
#include <set>
#include <vector>

namespace shakefield::core {
namespace {

std::vector<std::byte> some_bytes(std::size_t n) {
  std::mt19937 random(7);
  std::vector<std::byte> bytes(n);
  for (std::byte& b : bytes) b = static_cast<std::byte>(random());
  return bytes;
}

std::string digest_of(std::span<const std::byte> bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.hex();
}

TEST(HashTest, MixIsTheFinaliserOfSplitMix64) {
  // First output of SplitMix64 seeded with 0 (Vigna's reference program splitmix64.c): mix of the
  // golden gamma.
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15ULL), 0xe220a8397b1dcdafULL);
}

TEST(HashTest, CombinationDependsOnTheOrder) {
  EXPECT_NE(combine64(1, 2), combine64(2, 1));
  EXPECT_NE(combine64(0, 0), 0u);
}

TEST(HashTest, CombinationsOfSmallNumbersDoNotCollide) {
  std::set<std::uint64_t> keys;
  for (std::uint64_t a = 0; a < 300; ++a)
    for (std::uint64_t b = 0; b < 300; ++b) keys.insert(combine64(a, b));
  EXPECT_EQ(keys.size(), 90000u);
}

TEST(HashTest, OneBitOfInputTurnsHalfOfTheBits) {
  double turned = 0;
  for (int bit = 0; bit < 64; ++bit)
    turned += __builtin_popcountll(combine64(12345, 678) ^ combine64(12345 ^ (1ULL << bit), 678));
  EXPECT_NEAR(turned / 64, 32, 4 * 4.0 / 8);  // binomial: sd 4 of one, 64 of them
}

TEST(HashTest, TextsDiffer) {
  std::set<std::uint64_t> keys;
  for (const char* text : {"", "PGA", "PGV", "SA(0.1)", "SA(0.10)", "SA(1.0)"})
    keys.insert(hash_text(text));
  EXPECT_EQ(keys.size(), 6u);
}

TEST(DigestTest, DoesNotDependOnTheCutIntoPieces) {
  const std::vector<std::byte> bytes = some_bytes(1000);
  const std::string whole = digest_of(bytes);
  for (const std::size_t piece : {1u, 3u, 7u, 8u, 64u, 999u}) {
    Digest digest;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
      digest.add(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)));
    EXPECT_EQ(digest.hex(), whole) << "pieces of " << piece;
  }
}

TEST(DigestTest, SeesEveryBitAndTheLength) {
  std::vector<std::byte> bytes = some_bytes(37);
  std::set<std::string> digests{digest_of(bytes)};
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    digests.insert(digest_of(bytes));
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  EXPECT_EQ(digests.size(), 1 + 8 * bytes.size());
  for (std::size_t length = 0; length < 20; ++length)
    digests.insert(digest_of(std::vector<std::byte>(length)));
  EXPECT_EQ(digests.size(), 21 + 8 * bytes.size());
}

TEST(DigestTest, SeesTheOrderOfWords) {
  std::vector<std::byte> bytes = some_bytes(64);
  const std::string before = digest_of(bytes);
  std::rotate(bytes.begin(), bytes.begin() + 8, bytes.end());
  EXPECT_NE(digest_of(bytes), before);
}

TEST(DigestTest, HasThirtyTwoHexadecimalDigits) {
  const std::string hex = digest_of(some_bytes(5));
  EXPECT_EQ(hex.size(), 32u);
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace shakefield::core
