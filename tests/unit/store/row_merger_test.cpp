// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "row_merger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>
#include <tuple>

namespace shakefield::store {
namespace {

using Bytes = std::vector<std::byte>;

/// Memory that gives out room of a few rows only, and not always whole ones.
class Memory final : public RowTarget {
 public:
  explicit Memory(std::size_t row_bytes) : row_bytes_(row_bytes) {}
  std::span<std::byte> reserve(std::size_t max_rows) override {
    room_.resize(std::min<std::size_t>(max_rows, 7) * row_bytes_ + 3);
    return room_;
  }
  void commit(std::size_t rows) override { append(std::span(room_).first(rows * row_bytes_)); }
  void append(std::span<const std::byte> rows) override {
    bytes.insert(bytes.end(), rows.begin(), rows.end());
  }
  Bytes bytes;

 private:
  std::size_t row_bytes_;
  Bytes room_;
};

/// How sites are dealt to the ranks.
enum class Deal { at_random, in_turn, in_runs, in_one_piece_each };

class RowMergerTest : public testing::TestWithParam<std::tuple<std::size_t, std::size_t, Deal>> {};

TEST_P(RowMergerTest, GivesTheRowsOfEachEventInOrderOfSites) {
  const auto [ranks, row_bytes, deal] = GetParam();
  std::mt19937 random(7);
  std::vector<Bytes> dealt(ranks);
  std::vector<std::vector<std::size_t>> counts;  // [E][rank]
  Bytes expected;
  for (std::size_t event = 0; event < 40; ++event) {
    auto& count = counts.emplace_back(ranks);
    const std::size_t sites = event % 5 == 0 ? random() % 3 : random() % 300;
    for (std::size_t i = 0; i < sites; ++i) {
      // Sites may be sparse, and one may be far away: some events are merged by a table of sites.
      const auto far = static_cast<std::uint32_t>(event % 2 == 0 && i == sites - 1) << 31;
      const auto site = static_cast<std::uint32_t>((1 + event % 7) * i) + far;
      Bytes row(row_bytes);
      for (std::byte& byte : row) byte = std::byte(random());
      std::memcpy(row.data(), &site, sizeof site);
      std::size_t rank = random() % ranks;
      if (deal == Deal::in_turn) rank = i % ranks;
      if (deal == Deal::in_runs) rank = i / 17 % ranks;
      if (deal == Deal::in_one_piece_each) rank = i * ranks / sites;
      ++count[rank];
      dealt[rank].insert(dealt[rank].end(), row.begin(), row.end());
      expected.insert(expected.end(), row.begin(), row.end());
    }
  }
  std::vector<std::span<const std::byte>> left(dealt.begin(), dealt.end());
  Memory merged(row_bytes);
  RowMerger merger(row_bytes, merged);
  for (const auto& count : counts) {
    std::vector<std::span<const std::byte>> rows;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      rows.push_back(left[rank].first(count[rank] * row_bytes));
      left[rank] = left[rank].subspan(count[rank] * row_bytes);
    }
    merger.merge(rows);
  }
  EXPECT_EQ(merged.bytes, expected);
}

INSTANTIATE_TEST_SUITE_P(RanksRowBytesDeal, RowMergerTest,
                         testing::Combine(testing::Values(1, 2, 3, 4, 5, 8, 13),
                                          testing::Values(12, 20, 24, 52),
                                          testing::Values(Deal::at_random, Deal::in_turn,
                                                          Deal::in_runs, Deal::in_one_piece_each)));

}  // namespace
}  // namespace shakefield::store
