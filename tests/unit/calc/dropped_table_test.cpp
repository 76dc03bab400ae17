// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "dropped_table.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "scratch_folder.hpp"

namespace shakefield::calc {
namespace {

constexpr DroppedShape shape{700, 3, 2};

/// Sum of a site, realization and IMT; nothing is ever dropped in realization 1.
field::DroppedSum sum_of(std::size_t site, std::size_t realization, std::size_t imt) {
  if (realization == 1) return {};
  const auto number = static_cast<std::int64_t>((site * 3 + realization) * 2 + imt);
  return {number % 7, -number, number * number};
}

/// What a rank with every `step`-th site from `first` on dropped; `share` of each sum.
DroppedPart part_of(std::size_t first, std::size_t step, std::int64_t share) {
  DroppedPart part;
  for (std::size_t site = first; site < shape.sites; site += step)
    part.sites.push_back(static_cast<std::uint32_t>(site));
  part.sums = field::DroppedSums(part.sites.size(), shape.realizations, shape.imts);
  for (std::size_t own = 0; own < part.sites.size(); ++own)
    for (const std::size_t realization : {0, 2})
      for (std::size_t imt = 0; imt < shape.imts; ++imt) {
        const field::DroppedSum sum = sum_of(part.sites[own], realization, imt);
        part.sums.at(own, realization)[imt] += {share * sum.count, share * sum.ln, share * sum.ln2};
      }
  return part;
}

TEST(DroppedTableTest, HoldsTheSumsOfAllPartsWhateverTheBlocks) {
  const comm::Communicator comm = comm::Communicator::world();
  const auto rank = static_cast<std::size_t>(comm.rank());
  const auto size = static_cast<std::size_t>(comm.size());
  // Sites moved to the next rank during the run: two thirds of their sums stand on the first one.
  const std::vector<DroppedPart> parts{part_of(rank, size, 2), part_of((rank + 1) % size, size, 1)};
  for (const std::size_t block_bytes : {std::size_t{1}, std::size_t{10000}, dropped_block_bytes}) {
    ScratchFolder folder;
    std::optional<store::File> file;
    if (comm.is_root()) file = store::File::create(folder / "out.h5");
    write_dropped(comm, file ? &*file : nullptr, parts, shape, block_bytes);
    if (!file) continue;
    const core::Array table = store::read_array(*file, "/gmf_data/dropped");
    ASSERT_EQ(table.shape(), (std::vector<std::size_t>{700, 3, 2}));
    const auto count = table.column_i64("count");
    const auto ln = table.column_f64("sum_ln"), ln2 = table.column_f64("sum_ln2");
    for (std::size_t i = 0; i < table.rows(); ++i) {
      const field::DroppedSum sum = sum_of(i / 6, i / 2 % 3, i % 2);
      EXPECT_EQ(count[i], 3 * sum.count);
      EXPECT_EQ(ln[i], 3 * static_cast<double>(sum.ln) * 0x1p-24);
      EXPECT_EQ(ln2[i], 3 * static_cast<double>(sum.ln2) * 0x1p-24);
    }
  }
}

TEST(DroppedTableTest, ThrowsOnAllRanksWhereRootCannotWrite) {
  const comm::Communicator comm = comm::Communicator::world();
  ScratchFolder folder;
  std::optional<store::File> file;
  if (comm.is_root()) {
    file = store::File::create(folder / "out.h5");
    store::write_array(*file, "/gmf_data/dropped", core::Array::of<double>(std::vector<double>(1)));
  }
  EXPECT_THROW(write_dropped(comm, file ? &*file : nullptr, {}, shape), comm::AgreedError);
}

TEST(DroppedTableTest, AddsPartsWhoseSitesOverlap) {
  DroppedPart sum;
  add(sum, part_of(0, 3, 1), shape);
  add(sum, part_of(0, 2, 1), shape);
  add(sum, part_of(0, 6, 1), shape);
  for (std::size_t i = 0; i < sum.sites.size(); ++i) {
    const std::size_t site = sum.sites[i];
    ASSERT_TRUE(site % 3 == 0 || site % 2 == 0);
    const std::int64_t times = (site % 3 == 0) + (site % 2 == 0) + (site % 6 == 0);
    for (const std::size_t r : {0, 2})
      for (std::size_t m = 0; m < shape.imts; ++m) {
        const field::DroppedSum expected = sum_of(site, r, m);
        const field::DroppedSum actual = sum.sums.find(i, r)[m];
        ASSERT_EQ(actual.count, times * expected.count);
        ASSERT_EQ(actual.ln, times * expected.ln);
        ASSERT_EQ(actual.ln2, times * expected.ln2);
      }
    ASSERT_TRUE(sum.sums.find(i, 1).empty());
  }
  EXPECT_EQ(sum.sites.size(), 467u);  // 1 to 700: 234 by three, 350 by two, 117 by both
}

}  // namespace
}  // namespace shakefield::calc
