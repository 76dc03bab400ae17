// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "dropped_so_far.hpp"
#include "scratch_folder.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

Checkpoint some_checkpoint(std::uint64_t event) {
  Checkpoint checkpoint;
  checkpoint.position = {event, {17, event - 5}, 40, 0.25, 12.5, 3};
  checkpoint.counts = {{event, 2, 3}, {4, 5, 6}};
  checkpoint.outside = {{nullptr, 7, 8, 9, event}};
  return checkpoint;
}

store::File incomplete_file(const std::filesystem::path& path) {
  store::File file = store::File::create(path);
  store::write_attributes(file, "/", {{"complete", std::int64_t{0}}});
  return file;
}

TEST(CheckpointTest, TheLastOneWrittenIsRead) {
  const ScratchFolder folder;
  store::File file = incomplete_file(folder / "out.h5");
  write_checkpoint(file, some_checkpoint(100));
  write_checkpoint(file, some_checkpoint(12'345));
  const Checkpoint read = read_checkpoint(file).value();
  EXPECT_EQ(read.position.next_event, 12'345u);
  EXPECT_EQ(read.position.section.unit, 17u);
  EXPECT_EQ(read.position.section.event, 12'340u);
  EXPECT_EQ(read.position.section_rupture, 40u);
  EXPECT_EQ(read.position.fraction, 0.25);
  EXPECT_EQ(read.position.elapsed_s, 12.5);
  EXPECT_EQ(read.position.sessions, 3u);
  ASSERT_EQ(read.counts.size(), 2u);
  EXPECT_EQ(read.counts[0].values, 12'345u);
  EXPECT_EQ(read.counts[1].pairs, 6u);
  ASSERT_EQ(read.outside.size(), 1u);
  EXPECT_EQ(read.outside[0].mag, 8u);
  EXPECT_EQ(read.outside[0].vs30, 12'345u);
}

TEST(CheckpointTest, ACompleteFileHasNone) {
  const ScratchFolder folder;
  store::File file = incomplete_file(folder / "out.h5");
  write_checkpoint(file, some_checkpoint(100));
  remove_checkpoint(file);
  store::write_attributes(file, "/", {{"complete", std::int64_t{1}}});
  EXPECT_FALSE(read_checkpoint(file));
  EXPECT_FALSE(store::exists(file, "/progress"));
}

TEST(CheckpointTest, AFileWithoutOneCannotBeGoneOnWith) {
  const ScratchFolder folder;
  const store::File file = incomplete_file(folder / "out.h5");
  EXPECT_THROW(read_checkpoint(file), core::Error);
}

TEST(CheckpointTest, ProgressIsToldInEventsAndPercent) {
  Position position;
  EXPECT_EQ(progress_text(position), "0 events");
  position.next_event = 12'345;
  position.fraction = 12'345.0 / 23'645.0;
  EXPECT_EQ(progress_text(position), "12,345 of about 23,645 events (52 %)");
}

TEST(CheckpointTest, ProgressOfADisaggregationIsToldInSites) {
  Position position{.fraction = 0.62, .num_sites = 100, .sites = 64};
  EXPECT_EQ(progress_text(position), "62 % (64 of 100 sites have their results)");
  position.sites = 100;
  position.bin_sites = 24;
  EXPECT_EQ(progress_text(position),
            "62 % (all 100 sites have their curves, 24 of them their bins)");
}

constexpr DroppedShape shape{600, 3, 2};

field::DroppedSum sum_of(std::size_t site, std::size_t realization, std::size_t imt) {
  if (realization == 1 || site % 5 == 0) return {};
  const auto number = static_cast<std::int64_t>((site * 3 + realization) * 2 + imt);
  return {1 + number % 7, -(number << 40), number * number};
}

TEST(DroppedSoFarTest, ComesBackExactlyFromAnyNumberOfRanks) {
  const comm::Communicator comm = comm::Communicator::world();
  const ScratchFolder folder;
  std::optional<store::File> file;
  if (comm.is_root()) file = store::File::create(folder / "out.h5");
  std::vector<std::uint32_t> sites;
  for (auto site = static_cast<std::uint32_t>(comm.rank()); site < shape.sites;
       site += static_cast<std::uint32_t>(comm.size()))
    sites.push_back(site);
  field::DroppedSums sums(sites.size(), shape.realizations, shape.imts);
  for (std::size_t own = 0; own < sites.size(); ++own)
    for (const std::size_t r : {0, 2})
      for (std::size_t m = 0; m < shape.imts; ++m) sums.at(own, r)[m] = sum_of(sites[own], r, m);
  // Sites that were dealt anew stand in two views.
  const std::vector<DroppedView> views{{sites, &sums}, {sites, &sums}};
  for (int commit = 0; commit < 2; ++commit)
    write_dropped_so_far(comm, file ? &*file : nullptr, views, shape);
  if (!file) return;
  const DroppedPart read = read_dropped_so_far(*file, shape);
  ASSERT_EQ(read.sites.size(), shape.sites);
  for (std::size_t site = 0; site < shape.sites; ++site)
    for (std::size_t r = 0; r < shape.realizations; ++r)
      for (std::size_t m = 0; m < shape.imts; ++m) {
        field::DroppedSum expected = sum_of(site, r, m);
        expected += expected;
        const auto found = read.sums.find(site, r);
        EXPECT_EQ(found.empty() ? field::DroppedSum{} : found[m], expected);
      }
}

}  // namespace
}  // namespace shakefield::calc
