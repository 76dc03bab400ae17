// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/gmf_sink.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <random>

#include "gmf_sink_runs.hpp"
#include "mpi_test.hpp"
#include "scratch_folder.hpp"
#include "store_test_tools.hpp"

namespace shakefield::store {
namespace {

constexpr std::size_t sites = 4000;

/// A function of their numbers only.
bool reaches(std::uint32_t event, std::uint32_t site) {
  std::minstd_rand random(event * 7919 + site + 1);
  random.discard(3);
  return random() % 100 < (event % 7 == 0 ? 2 : 70);
}
/// This rank's rows of the events [first, last).
GmfBatch make_batch(std::uint32_t first, std::uint32_t last, int rank, int ranks, GmfBatch batch) {
  for (std::uint32_t event = first; event < last; ++event) {
    std::uint32_t count = 0;
    for (std::uint32_t site = 0; site < sites; ++site) {
      if (owner(site, ranks) != rank || !reaches(event, site)) continue;
      const struct {
        std::uint32_t site, event;
        float pga, sa;
      } values{site, event, static_cast<float>(site) + 0.5f, static_cast<float>(event) * 0.25f};
      const auto bytes = std::as_bytes(std::span(&values, 1));
      batch.rows.insert(batch.rows.end(), bytes.begin(), bytes.end());
      ++count;
    }
    batch.rows_per_event.push_back(count);
  }
  return batch;
}

/// Batches of several sizes; some have no event, or events without rows.
const std::vector<std::uint32_t> batch_ends = {0, 40, 41, 41, 120, 121, 122, 260};

std::uint64_t write_batches(GmfSink& sink, const comm::Communicator& comm) {
  GmfBatch batch;
  std::uint32_t first = 0;
  for (const std::uint32_t last : batch_ends) {
    batch = sink.write(make_batch(first, last, comm.rank(), comm.size(), std::move(batch)));
    EXPECT_TRUE(batch.rows.empty() && batch.rows_per_event.empty());
    first = last;
  }
  return sink.finish();
}

/// The digests of a table that `comm` wrote, with the number of rows checked.
Digests digests_of_run(const comm::Communicator& comm, const std::filesystem::path& path) {
  std::unique_ptr<File> file;
  if (comm.is_root()) file = std::make_unique<File>(File::create(path));
  const auto sink = make_single_writer(comm, file.get(), row(), {});
  const std::uint64_t rows = write_batches(*sink, comm);
  std::uint64_t expected = 0;
  for (std::uint32_t event = 0; event < batch_ends.back(); ++event)
    for (std::uint32_t site = 0; site < sites; ++site) expected += reaches(event, site);
  EXPECT_EQ(rows, expected);
  if (!comm.is_root()) return {};
  EXPECT_EQ(shape(*file, "/gmf_data/table"), std::vector<std::size_t>{expected});
  const auto index = read_array(*file, "/gmf_data/index").column_i64("stop");
  EXPECT_EQ(index.size(), batch_ends.back());
  EXPECT_EQ(static_cast<std::uint64_t>(index.back()), expected);
  return {digest_of(*file, "/gmf_data/table"), digest_of(*file, "/gmf_data/index")};
}

TEST(GmfSinkTest, TheTableIsTheSameForAnyNumberOfRanks) {
  const ScratchFolder folder;
  const Digests parallel = digests_of_run(world(), folder / "parallel.h5");
  if (!world().is_root()) return;
  const Digests serial = digests_of_run({}, folder / "serial.h5");
  EXPECT_EQ(parallel.table, serial.table);
  EXPECT_EQ(parallel.index, serial.index);
}

/// Writes the batches [first, last) of batch_ends.
void write_some(GmfSink& sink, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    sink.write(make_batch(i == 0 ? 0 : batch_ends[i - 1], batch_ends[i], world().rank(),
                          world().size(), {}));
}

TEST(GmfSinkTest, CommitsChangeNoByte) {
  const ScratchFolder folder;
  const Digests expected = digests_of_run(world(), folder / "expected.h5");
  std::unique_ptr<File> file;
  if (world().is_root()) file = std::make_unique<File>(File::create(folder / "out.h5"));
  const auto sink = make_single_writer(world(), file.get(), row(), {});
  sink->commit();
  for (std::size_t i = 0; i < batch_ends.size(); ++i) {
    write_some(*sink, i, i + 1);
    sink->commit();
    if (i % 2) sink->commit();
    if (world().is_root()) {
      EXPECT_EQ(shape(*file, "/gmf_data/index"), std::vector<std::size_t>{batch_ends[i]});
    }
  }
  sink->finish();
  if (!world().is_root()) return;
  EXPECT_EQ(digest_of(*file, "/gmf_data/table"), expected.table);
  EXPECT_EQ(digest_of(*file, "/gmf_data/index"), expected.index);
}

TEST(GmfSinkTest, AResumedRunEndsWithTheSameBytes) {
  const ScratchFolder folder;
  const Digests expected = digests_of_run(world(), folder / "expected.h5");
  for (std::size_t stop = 0; stop <= batch_ends.size(); ++stop) {
    std::unique_ptr<File> file;
    const std::filesystem::path path = folder / fmt::format("out{}.h5", stop);
    {
      if (world().is_root()) file = std::make_unique<File>(File::create(path));
      const auto sink = make_single_writer(world(), file.get(), row(), {});
      write_some(*sink, 0, stop);
      sink->commit();
      if (world().is_root()) file->close();
    }
    comm::barrier(world());
    if (world().is_root()) file = std::make_unique<File>(File::open(path, Access::read_write));
    const auto sink = make_single_writer(world(), file.get(), row(), {}, Start::resume);
    write_some(*sink, stop, batch_ends.size());
    const std::uint64_t rows = sink->finish();
    if (!world().is_root()) continue;
    EXPECT_EQ(shape(*file, "/gmf_data/table"), std::vector<std::size_t>{rows});
    EXPECT_EQ(digest_of(*file, "/gmf_data/table"), expected.table);
    EXPECT_EQ(digest_of(*file, "/gmf_data/index"), expected.index);
  }
}

TEST(GmfSinkTest, ResumingWithOtherRowsIsAnErrorOfAllRanks) {
  const ScratchFolder folder;
  std::unique_ptr<File> file;
  if (world().is_root()) file = std::make_unique<File>(File::create(folder / "out.h5"));
  make_single_writer(world(), file.get(), row(), {})->finish();
  core::RowType other = row();
  other.add("PGV", core::Scalar::f32, "cm/s");
  const core::Error error =
      error_of([&] { make_single_writer(world(), file.get(), other, {}, Start::resume); });
  EXPECT_EQ(error.kind(), core::ErrorKind::data);
}

class GmfStorageTest : public testing::TestWithParam<CodecKind> {};

TEST_P(GmfStorageTest, TheTableIsTheSameForAnyNumberOfRanksAndBatches) {
  const ScratchFolder folder;
  const GmfStorage storage{.codec = {GetParam(), 1}, .num_sites = wide_sites};
  Digests serial;
  if (world().is_root()) serial = digests_of_wide_run({}, folder / "s.h5", storage, 40);
  if (world().is_root() && GetParam() != CodecKind::none) {
    EXPECT_EQ(serial.table, digests_of_wide_run({}, folder / "plain.h5", {}, 40).table);
    EXPECT_LT(std::filesystem::file_size(folder / "s.h5"),
              std::filesystem::file_size(folder / "plain.h5"));
  }
  for (const std::uint32_t batch_events : {1U, 3U, 7U, 40U}) {
    const Digests parallel = digests_of_wide_run(
        world(), folder / fmt::format("{}.h5", batch_events), storage, batch_events);
    if (!world().is_root()) continue;
    EXPECT_EQ(parallel.table, serial.table) << batch_events;
    EXPECT_EQ(parallel.index, serial.index) << batch_events;
  }
}

/// None of the batches has room in the memory of the node, or some, or all.
TEST_P(GmfStorageTest, SharedMemoryChangesNoByte) {
  const ScratchFolder folder;
  GmfStorage storage{.codec = {GetParam(), 1}, .significant_bits = 11, .num_sites = wide_sites};
  const Digests sent = digests_of_wide_run(world(), folder / "sent.h5", storage, 3);
  for (const std::size_t bytes : {1U, 100'000U, 1U << 20}) {
    storage.shared_batch_bytes = bytes;
    const Digests shared =
        digests_of_wide_run(world(), folder / fmt::format("{}.h5", bytes), storage, 3);
    EXPECT_EQ(shared.table, sent.table) << bytes;
    EXPECT_EQ(shared.index, sent.index) << bytes;
  }
}

TEST_P(GmfStorageTest, AResumedRunEndsWithTheSameBytes) {
  const ScratchFolder folder;
  const GmfStorage storage{
      .codec = {GetParam(), 1}, .significant_bits = 11, .num_sites = wide_sites};
  const Digests expected = digests_of_wide_run(world(), folder / "whole.h5", storage, 5);
  std::unique_ptr<File> file;
  const auto rest = [&](std::uint32_t first, Start start) {
    const auto sink = make_single_writer(world(), file.get(), row(), {}, start, storage);
    for (std::uint32_t event = first; event < wide_events; ++event) {
      if (event == 17 && start == Start::anew) return sink->commit();
      sink->write(make_wide_batch(event, event + 1, world().rank(), world().size()));
    }
    sink->finish();
  };
  if (world().is_root()) file = std::make_unique<File>(File::create(folder / "out.h5"));
  rest(0, Start::anew);
  if (world().is_root()) {
    file->close();
    *file = File::open(folder / "out.h5", Access::read_write);
  }
  comm::barrier(world());
  rest(17, Start::resume);
  if (!world().is_root()) return;
  EXPECT_EQ(digest_of(*file, "/gmf_data/table"), expected.table);
  EXPECT_EQ(digest_of(*file, "/gmf_data/index"), expected.index);
}

TEST_P(GmfStorageTest, RoundedValuesKeepTheBoundThatTheFileStates) {
  const ScratchFolder folder;
  const GmfStorage storage{
      .codec = {GetParam(), 1}, .significant_bits = 13, .num_sites = wide_sites};
  digests_of_wide_run(world(), folder / "out.h5", storage, 9);
  if (!world().is_root()) return;
  const File file = File::open(folder / "out.h5");
  const core::Attributes attributes = read_attributes(file, "/gmf_data/table");
  EXPECT_EQ(std::get<std::int64_t>(attributes.at("significant_bits")), 13);
  EXPECT_EQ(std::get<double>(attributes.at("largest_relative_error")), 0x1p-13);
  const core::Array table = read_array(file, "/gmf_data/table");
  const auto site = table.column_i64("site"), event = table.column_i64("event");
  const auto pga = table.column_f64("PGA"), sa = table.column_f64("SA(0.3)");
  for (std::size_t i = 0; i < site.size(); ++i) {
    const double exact =
        wide_value(static_cast<std::uint32_t>(event[i]), static_cast<std::uint32_t>(site[i]));
    ASSERT_LE(std::abs(pga[i] / exact - 1), 0x1p-13) << i;
    ASSERT_LT(sa[i], 0) << i;
    int exponent;
    const double mantissa = std::frexp(pga[i], &exponent) * 0x1p13;
    ASSERT_EQ(mantissa, std::floor(mantissa)) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Codecs, GmfStorageTest,
                         testing::Values(CodecKind::none, CodecKind::deflate, CodecKind::zstd));

TEST(GmfSinkTest, ImpossibleStorageIsAnErrorOfAllRanks) {
  const ScratchFolder folder;
  std::unique_ptr<File> file;
  if (world().is_root()) file = std::make_unique<File>(File::create(folder / "out.h5"));
  for (const GmfStorage& storage :
       {GmfStorage{.codec = {CodecKind::deflate, 13}}, GmfStorage{.codec = {CodecKind::zstd, 20}},
        GmfStorage{.codec = {}, .significant_bits = 25},
        GmfStorage{.codec = {}, .significant_bits = 0}}) {
    const core::Error error =
        error_of([&] { make_single_writer(world(), file.get(), row(), {}, Start::anew, storage); });
    EXPECT_EQ(error.kind(), core::ErrorKind::config);
  }
}

TEST(GmfSinkTest, AChunkMaySpanManyBatches) {
  const ScratchFolder folder;
  std::unique_ptr<File> file, serial;
  const auto write = [](const comm::Communicator& comm, File* to) {
    const auto sink = make_single_writer(comm, to, row(), {});
    for (std::uint32_t event = 0; event < 120; ++event)
      sink->write(make_batch(event, event + (event % 11 ? 1 : 0), comm.rank(), comm.size(), {}));
    sink->finish();
  };
  if (world().is_root()) file = std::make_unique<File>(File::create(folder / "out.h5"));
  write(world(), file.get());
  if (!world().is_root()) return;
  serial = std::make_unique<File>(File::create(folder / "serial.h5"));
  write({}, serial.get());
  EXPECT_EQ(digest_of(*file, "/gmf_data/table"), digest_of(*serial, "/gmf_data/table"));
  EXPECT_EQ(digest_of(*file, "/gmf_data/index"), digest_of(*serial, "/gmf_data/index"));
}

TEST(GmfSinkTest, RowsAreInOrderOfEventAndSite) {
  const ScratchFolder folder;
  digests_of_run(world(), folder / "out.h5");
  if (!world().is_root()) return;
  const File file = File::open(folder / "out.h5");
  const core::Array table = read_array(file, "/gmf_data/table");
  const core::Array index = read_array(file, "/gmf_data/index");
  const auto site = table.column_i64("site"), event = table.column_i64("event");
  const auto start = index.column_i64("start"), stop = index.column_i64("stop");
  std::size_t at = 0;
  for (std::uint32_t e = 0; e < batch_ends.back(); ++e) {
    ASSERT_EQ(start[e], static_cast<std::int64_t>(at));
    for (std::uint32_t s = 0; s < sites; ++s) {
      if (!reaches(e, s)) continue;
      ASSERT_EQ(event[at], e);
      ASSERT_EQ(site[at], s);
      ++at;
    }
    ASSERT_EQ(stop[e], static_cast<std::int64_t>(at));
  }
}

TEST(GmfSinkTest, TheNullSinkCountsTheSameRows) {
  const std::uint64_t rows = write_batches(*make_null_sink(world(), row()), world());
  const std::uint64_t again = write_batches(*make_null_sink(world(), row()), world());
  EXPECT_GT(rows, sites);
  EXPECT_EQ(rows, again);
}

TEST(GmfSinkTest, ARunWithoutEventsGivesAnEmptyTable) {
  const ScratchFolder folder;
  std::unique_ptr<File> file;
  if (world().is_root()) file = std::make_unique<File>(File::create(folder / "out.h5"));
  EXPECT_EQ(make_single_writer(world(), file.get(), row(), {})->finish(), 0u);
  if (world().is_root()) {
    EXPECT_EQ(shape(*file, "/gmf_data/index"), std::vector<std::size_t>{0});
  }
}

/// A file of which root writes so many bytes only, and a writer of its rows. Collective.
class FullDisk {
 public:
  explicit FullDisk(std::size_t limit_bytes, CodecKind codec = CodecKind::none)
      : file(world().is_root() ? std::make_unique<File>(File::create(folder_ / "out.h5"))
                               : nullptr),
        sink(
            make_single_writer(world(), file.get(), row(), {}, Start::anew, {.codec = {codec, 1}})),
        limit_(limit_bytes) {}

  void write_three_events() const {
    sink->write(make_batch(0, 3, world().rank(), world().size(), {}));
  }

 private:
  const ScratchFolder folder_;

 public:
  const std::unique_ptr<File> file;  ///< null on other ranks
  const std::unique_ptr<GmfSink> sink;

 private:
  const FileSizeLimit limit_;
};

TEST(GmfSinkTest, AFullDiskReachesAllRanks) {
  for (const auto& [limit_bytes, codec] : {std::pair{std::size_t{3} << 20, CodecKind::none},
                                           std::pair{std::size_t{1} << 14, CodecKind::none},
                                           std::pair{std::size_t{1} << 14, CodecKind::deflate}}) {
    const FullDisk disk(limit_bytes, codec);
    std::uint64_t written = 0;
    const core::Error error = error_of([&] {
      GmfBatch batch;
      for (std::uint32_t i = 0; i < 40; ++i, ++written)
        batch = disk.sink->write(
            make_batch(40 * i, 40 * i + 40, world().rank(), world().size(), std::move(batch)));
      disk.sink->finish();
    });
    EXPECT_EQ(error.kind(), core::ErrorKind::io);
    EXPECT_TRUE(contains(error, "File too large")) << error.what();
    const auto all = comm::all_gather(world(), written);
    EXPECT_EQ(all, std::vector<std::uint64_t>(all.size(), written)) << "not in the same write()";
    EXPECT_LT(written, 40u);
    EXPECT_EQ(error_of([&] { disk.sink->finish(); }).kind(), core::ErrorKind::internal);
    if (disk.file) {
      EXPECT_EQ(error_of([&] { disk.file->close(); }).kind(), core::ErrorKind::io);
    }
  }
}

TEST(GmfSinkTest, AFullDiskInTheLastBatchReachesAllRanksInFinish) {
  const FullDisk disk(4096);
  disk.write_three_events();
  EXPECT_EQ(error_of([&] { disk.sink->finish(); }).kind(), core::ErrorKind::io);
}

TEST(GmfSinkTest, AFullDiskReachesAllRanksInCommit) {
  const FullDisk disk(4096);
  disk.write_three_events();
  EXPECT_EQ(error_of([&] { disk.sink->commit(); }).kind(), core::ErrorKind::io);
  EXPECT_EQ(error_of([&] { disk.sink->finish(); }).kind(), core::ErrorKind::internal);
}

TEST(GmfSinkTest, AnErrorOfOneRankReachesAll) {
  constexpr std::uint32_t batches = 6;
  for (int thrower = 0; thrower < world().size(); ++thrower)
    for (std::uint32_t at = 0; at < 2 * batches; ++at) {
      const auto codec = at < batches ? CodecKind::none : CodecKind::zstd;
      const std::uint32_t fails_at = at % batches;
      const auto sink = make_null_sink(world(), row(), {.codec = {codec, 1}});
      std::uint32_t written = 0;
      const core::Error error = error_of([&] {
        GmfBatch batch;
        for (; written < batches; ++written) {
          if (world().rank() == thrower && written == fails_at) sink->fail(broken());
          batch = sink->write(
              make_batch(written, written + 1, world().rank(), world().size(), std::move(batch)));
        }
        sink->finish();
      });
      ASSERT_EQ(error.kind(), core::ErrorKind::numeric);
      ASSERT_EQ(std::string(error.what()), "sites.csv:3: broken");
      ASSERT_LE(written, fails_at + 2);
      const auto all = comm::all_gather(world(), std::uint64_t{written});
      ASSERT_EQ(all, std::vector<std::uint64_t>(all.size(), written)) << "not in the same write()";
    }
}

TEST(GmfSinkTest, AnErrorOfOneRankReachesAllInCommit) {
  for (int thrower = 0; thrower < world().size(); ++thrower) {
    const auto sink = make_null_sink(world(), row());
    for (std::uint32_t i = 0; i < 3; ++i)
      sink->write(make_batch(i, i + 1, world().rank(), world().size(), {}));
    if (world().rank() == thrower) sink->fail(broken());
    EXPECT_EQ(error_of([&] { sink->commit(); }).kind(), core::ErrorKind::numeric);
  }
}

TEST(GmfSinkTest, ErrorsOfSeveralRanksAtOnceEndTheRunToo) {
  constexpr std::uint32_t batches = 6;
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::uint32_t> fails_at(static_cast<std::size_t>(world().size()));
    for (std::uint32_t& at : fails_at) at = static_cast<std::uint32_t>(random() % (batches + 2));
    fails_at[random() % fails_at.size()] = static_cast<std::uint32_t>(random() % batches);
    const auto codec = seed % 2 ? CodecKind::zstd : CodecKind::none;
    const auto sink = make_null_sink(world(), row(), {.codec = {codec, 1}});
    const core::Error error = error_of([&] {
      for (std::uint32_t i = 0; i < batches; ++i) {
        if (fails_at[static_cast<std::size_t>(world().rank())] == i) sink->fail(broken());
        sink->write(make_batch(30 * i, 30 * i + 30, world().rank(), world().size(), {}));
      }
      sink->finish();
    });
    ASSERT_EQ(std::string(error.what()), "sites.csv:3: broken");
  }
}

TEST(GmfSinkTest, ABatchWhoseCountsAreWrongIsAnError) {
  const auto sink = make_null_sink(world(), row());
  GmfBatch batch;
  batch.rows.resize(30);
  batch.rows_per_event = {4};
  const core::Error error = error_of([&] {
    sink->write(std::move(batch));
    sink->finish();
  });
  EXPECT_EQ(error.kind(), core::ErrorKind::internal);
}

}  // namespace
}  // namespace shakefield::store
