// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "packing_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>

namespace shakefield::store {
namespace {

TEST(PackingPlanTest, RunsCoverTheRowsOfABatchOnceAndInOrder) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const int ranks = static_cast<int>(2 + random() % 70);
    const std::size_t chunk_rows = 1 + random() % 50;
    const auto codec = random() % 2 ? CodecKind::deflate : CodecKind::none;
    const PackingPlan plan(ranks, chunk_rows, codec);
    std::vector<std::uint32_t> slices(random() % 30);
    for (std::uint32_t& rows : slices)
      rows = random() % 3 ? static_cast<std::uint32_t>(random() % 200) : 0;
    const std::uint64_t first_row = random() % 1000;
    std::vector<std::uint64_t> begin(slices.size() + 1, first_row);  // of each slice
    for (std::size_t i = 0; i < slices.size(); ++i) begin[i + 1] = begin[i] + slices[i];

    std::uint64_t row = first_row;
    for (const PackingRun& run : plan.runs(first_row, slices)) {
      ASSERT_EQ(run.first_row, row);
      ASSERT_LT(run.first_row, run.last_row);
      row = run.last_row;
      for (std::uint64_t chunk = run.first_row / chunk_rows;
           chunk <= (run.last_row - 1) / chunk_rows; ++chunk)
        ASSERT_EQ(plan.packer_of(chunk), run.packer);
      ASSERT_EQ(begin[run.first_slice] + run.skip_rows, run.first_row);
      ASSERT_LT(run.skip_rows, slices[run.first_slice]);
      ASSERT_GE(begin[run.last_slice], run.last_row);
      ASSERT_LT(begin[run.last_slice - 1], run.last_row);
    }
    ASSERT_EQ(row, begin.back());
  }
}

TEST(PackingPlanTest, PackersTakeEqualSharesOfARound) {
  for (const int ranks : {2, 3, 4, 5, 8, 64, 65, 1000}) {
    const PackingPlan plan(ranks, 10, CodecKind::zstd);
    std::vector<int> chunks(static_cast<std::size_t>(ranks), 0);
    for (std::uint64_t chunk = 0; chunk < plan.round_chunks(); ++chunk)
      ++chunks[static_cast<std::size_t>(plan.packer_of(chunk))];
    const auto packers = std::ranges::count_if(chunks, [](int n) { return n > 0; });
    EXPECT_EQ(static_cast<std::size_t>(*std::ranges::max_element(chunks) * packers),
              plan.round_chunks());
    EXPECT_EQ(chunks[0] > 0, ranks <= 4) << "root packs on few ranks only";
    EXPECT_LE(packers, 64);
    EXPECT_EQ(plan.remote_packers().size(), static_cast<std::size_t>(packers) - (chunks[0] > 0));
  }
}

TEST(PackingPlanTest, RootMergesAloneOnFewRanksWithoutACodec) {
  for (const int ranks : {2, 4, 5}) {
    const PackingPlan plan(ranks, 10, CodecKind::none);
    EXPECT_EQ(plan.remote_packers().empty(), ranks <= 4);
    const std::vector<std::uint32_t> slices(100, 7);
    EXPECT_EQ(plan.runs(3, slices).size() == 1, ranks <= 4) << "one run, nothing sent twice";
  }
}

TEST(PackingPlanTest, RowsAreCountedBySlicesOfSites) {
  GmfBatch batch;
  const auto add_event = [&](const std::vector<std::uint32_t>& sites) {
    for (const std::uint32_t site : sites) {
      const std::uint32_t row[3] = {site, 0, 0};
      const auto bytes = std::as_bytes(std::span(row));
      batch.rows.insert(batch.rows.end(), bytes.begin(), bytes.end());
    }
    batch.rows_per_event.push_back(static_cast<std::uint32_t>(sites.size()));
  };
  constexpr std::uint32_t b = slice_sites;
  add_event({0, 5, b - 1, b, 2 * b, 2 * b + 1});
  add_event({});
  add_event({b + 3});
  add_event({2 * b});
  EXPECT_EQ(slices_per_event(0), 1U);
  EXPECT_EQ(slices_per_event(b), 1U);
  ASSERT_EQ(slices_per_event(2 * b + 2), 3U);
  EXPECT_EQ(count_slices(batch, 12, 3),
            (std::vector<std::uint32_t>{3, 1, 2, 0, 0, 0, 0, 1, 0, 0, 0, 1}));
  EXPECT_EQ(count_slices(batch, 12, 1), batch.rows_per_event);
}

}  // namespace
}  // namespace shakefield::store
