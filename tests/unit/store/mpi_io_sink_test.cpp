// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "gmf_sink_runs.hpp"
#include "mpi_test.hpp"
#include "scratch_folder.hpp"
#include "store_test_tools.hpp"

namespace shakefield::store {
namespace {

constexpr GmfStorage all_write{.num_sites = wide_sites, .writer = GmfWriter::mpi_io};

class MpiIoSinkTest : public testing::Test {
 protected:
  /// Root's folder: all ranks write into one file.
  void SetUp() override {
    folder_ = std::make_unique<ScratchFolder>();
    if (world().is_root()) file_ = std::make_unique<File>(File::create(path("out.h5")));
  }
  /// Nobody is left in a collective call while root removes the folder.
  void TearDown() override { comm::barrier(world()); }

  std::filesystem::path path(const std::string& name) const { return *folder_ / name; }
  std::unique_ptr<GmfSink> make_sink(Start start = Start::anew,
                                     const GmfStorage& storage = all_write) {
    return make_gmf_writer(world(), file_.get(), row(), {}, start, storage);
  }

  std::unique_ptr<ScratchFolder> folder_;
  std::unique_ptr<File> file_;
};

TEST_F(MpiIoSinkTest, TheTableIsThatOfTheSingleWriter) {
  const Digests single =
      digests_of_wide_run(world(), path("single.h5"), {.num_sites = wide_sites}, 5);
  for (const std::uint32_t batch_events : {1U, 3U, 7U, 40U}) {
    const Digests all = digests_of_wide_run(world(), path(fmt::format("{}.h5", batch_events)),
                                            all_write, batch_events);
    EXPECT_EQ(all.table, single.table) << batch_events;
    EXPECT_EQ(all.index, single.index) << batch_events;
  }
}

TEST_F(MpiIoSinkTest, TheTableIsThatOfOneRank) {
  const Digests all = digests_of_wide_run(world(), path("all.h5"), all_write, 6);
  if (!world().is_root()) return;
  const Digests one = digests_of_wide_run({}, path("one.h5"), all_write, 6);
  EXPECT_EQ(all.table, one.table);
  EXPECT_EQ(all.index, one.index);
}

TEST_F(MpiIoSinkTest, ValuesAreRoundedAsByTheSingleWriter) {
  GmfStorage storage{.significant_bits = 11, .num_sites = wide_sites};
  const Digests single = digests_of_wide_run(world(), path("single.h5"), storage, 5);
  storage.writer = GmfWriter::mpi_io;
  EXPECT_EQ(digests_of_wide_run(world(), path("all.h5"), storage, 5).table, single.table);
}

TEST_F(MpiIoSinkTest, AFileThatIsClosedAndReadAgainHasAllRows) {
  const auto sink = make_sink();
  std::uint64_t rows = 0;
  for (std::uint32_t event = 0; event < 6; ++event) {
    sink->write(make_wide_batch(event, event + 1, world().rank(), world().size()));
    rows += (wide_sites + event % 5) / (event % 5 + 1);
  }
  EXPECT_EQ(sink->finish(), rows);
  if (!world().is_root()) return;
  file_->close();
  const File file = File::open(path("out.h5"));
  const core::Array table = read_array(file, "/gmf_data/table");
  ASSERT_EQ(table.rows(), rows);
  const auto site = table.column_i64("site"), event = table.column_i64("event");
  const auto pga = table.column_f64("PGA");
  for (std::size_t i = 0; i < rows; ++i)
    ASSERT_EQ(pga[i], static_cast<double>(wide_value(static_cast<std::uint32_t>(event[i]),
                                                     static_cast<std::uint32_t>(site[i]))));
}

TEST_F(MpiIoSinkTest, ARunWithoutRowsGivesAnEmptyTable) {
  const auto sink = make_sink();
  sink->write({{}, {0, 0}});
  sink->write({});
  sink->commit();
  EXPECT_EQ(sink->finish(), 0u);
  if (!world().is_root()) return;
  EXPECT_EQ(shape(*file_, "/gmf_data/index"), std::vector<std::size_t>{2});
}

TEST_F(MpiIoSinkTest, WhatItCannotDoIsRefusedByAllRanks) {
  GmfStorage packed = all_write;
  packed.codec.kind = CodecKind::zstd;
  const core::Error codec = error_of([&] { make_sink(Start::anew, packed); });
  EXPECT_EQ(codec.kind(), core::ErrorKind::config);
  EXPECT_TRUE(contains(codec, "gmf_codec")) << codec.what();
  EXPECT_EQ(error_of([&] { make_sink(Start::resume); }).kind(), core::ErrorKind::config);
  if (world().is_root()) *file_ = File::create(path("in_commits.h5"), false, Writing::in_commits);
  const core::Error commits = error_of([&] { make_sink(); });
  EXPECT_EQ(commits.kind(), core::ErrorKind::config);
  EXPECT_TRUE(contains(commits, "in commits")) << commits.what();
}

TEST_F(MpiIoSinkTest, AnErrorOfOneRankReachesAllInTheSameCall) {
  constexpr std::uint32_t batches = 3;
  for (int thrower = 0; thrower < world().size(); ++thrower)
    for (std::uint32_t fails_at = 0; fails_at <= batches; ++fails_at) {
      if (world().is_root())
        *file_ = File::create(path(fmt::format("{}-{}.h5", thrower, fails_at)));
      const auto sink = make_sink();
      std::uint64_t written = 0;
      const core::Error error = error_of([&] {
        for (std::uint32_t i = 0; i <= batches; ++i, ++written) {
          if (world().rank() == thrower && i == fails_at) sink->fail(broken());
          if (i < batches)
            sink->write(make_wide_batch(i, i + 1, world().rank(), world().size()));
          else
            sink->finish();
        }
      });
      EXPECT_EQ(std::string(error.what()), "sites.csv:3: broken");
      EXPECT_EQ(written, fails_at);
      EXPECT_EQ(error_of([&] { sink->finish(); }).kind(), core::ErrorKind::internal);
    }
}

TEST_F(MpiIoSinkTest, RanksThatDisagreeAboutABatchHearOfIt) {
  SHAKEFIELD_REQUIRE_RANKS(2);
  const auto sink = make_sink();
  GmfBatch batch;
  batch.rows_per_event.resize(world().is_root() ? 2 : 1);
  EXPECT_EQ(error_of([&] { sink->write(std::move(batch)); }).kind(), core::ErrorKind::internal);
}

TEST_F(MpiIoSinkTest, AFullDiskReachesAllRanks) {
  SHAKEFIELD_REQUIRE_RANKS(2);
  const auto sink = make_sink();
  const FileSizeLimit limit(std::size_t{3} << 20);
  std::uint64_t written = 0;
  const core::Error error = error_of([&] {
    for (std::uint32_t i = 0; i < 40; ++i, ++written)
      sink->write(make_wide_batch(i, i + 1, world().rank(), world().size()));
    sink->finish();
  });
  EXPECT_EQ(error.kind(), core::ErrorKind::io);
  const auto all = comm::all_gather(world(), written);
  EXPECT_EQ(all, std::vector<std::uint64_t>(all.size(), written)) << "not in the same write()";
  EXPECT_LT(written, 40u);
}

}  // namespace
}  // namespace shakefield::store
