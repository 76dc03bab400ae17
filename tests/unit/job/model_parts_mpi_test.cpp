// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Ranks that read their parts of a model know together what one rank knows that reads all of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "large_job.hpp"
#include "shakefield/job/model.hpp"
#include "shakefield/site/tiling.hpp"
#include "shakefield/source/distant_source.hpp"
#include "shakefield/source/point_families.hpp"
#include "shakefield/store/file.hpp"
#include "support.hpp"

namespace shakefield::job {
namespace {

class ModelPartsTest : public testing::Test {
 protected:
  void SetUp() override {
    comm::agree(comm, [&] {
      if (!comm.is_root()) return;
      test_jobs::write_large_job(scratch / "");
      write_model(scratch / "job.ini", scratch / "model.h5", false);
    });
    path = (scratch / "model.h5").string();
    comm::broadcast(comm, path);
    whole = read(path);
    comm::barrier(comm);  // before a test changes the file
  }
  void TearDown() override { comm::barrier(comm); }

  /// Own sites, as the job deals them.
  std::vector<geo::Point> own_sites(const Job& job) const {
    if (!job.share || !job.share->is_by_sites()) return job.sites.points();
    std::vector<geo::Point> own;
    std::size_t at = 0;
    const auto rank = static_cast<std::size_t>(comm.rank());
    for (const site::Tile& tile : site::make_tiles(job.sites, 1)) {
      if (at >= job.share->site_begin[rank] && at < job.share->site_begin[rank + 1])
        own.push_back(job.sites.points()[tile.sites.front()]);
      ++at;
    }
    return own;
  }

  /// Number of sources that this rank does not have.
  std::size_t expect_parts_of_whole(const Job& job) const {
    std::size_t distant = 0;
    const std::vector<geo::Point> own = own_sites(job);
    EXPECT_EQ(job.source_models.size(), whole.source_models.size());
    for (std::size_t m = 0; m < whole.source_models.size(); ++m)
      for (std::size_t i = 0; i < whole.source_models[m].sources.size(); ++i) {
        const source::Source &a = *whole.source_models[m].sources[i],
                             &b = *job.source_models[m].sources[i];
        EXPECT_EQ(a.id(), b.id());
        EXPECT_EQ(a.num_ruptures(), b.num_ruptures());
        EXPECT_EQ(a.max_mag(), b.max_mag());
        EXPECT_EQ(a.bound().radius_km, b.bound().radius_km);
        EXPECT_EQ(dynamic_cast<const source::PointFamilies&>(a).family(1).last,
                  dynamic_cast<const source::PointFamilies&>(b).family(1).last);
        if (!dynamic_cast<const source::DistantSource*>(&b)) continue;
        ++distant;
        for (const geo::Point& p : own) {
          const geo::Vec3 x = geo::to_cartesian(p), y = a.bound().centre;
          EXPECT_GT(std::hypot(x.x - y.x, x.y - y.y, x.z - y.z), 100 + a.bound().radius_km);
        }
      }
    return distant;
  }

  const comm::Communicator comm = comm::Communicator::world();
  const ScratchFolder scratch;
  std::string path;
  Job whole;
};

TEST_F(ModelPartsTest, HoldsOnEachRankWhatItsSitesNeed) {
  const Job job = read_job(comm, path, {});
  const std::size_t distant = expect_parts_of_whole(job);
  ASSERT_EQ(job.share.has_value(), comm.size() > 1);
  if (!job.share) return;
  EXPECT_GT(distant, 0u);
  EXPECT_EQ(job.share->site_begin.front(), 0u);
  EXPECT_EQ(job.share->site_begin.back(), job.sites.size());
  EXPECT_EQ(job.resolved, whole.resolved);
}

TEST_F(ModelPartsTest, NoticesSourcesInReachThatTheSpheresMiss) {
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    store::File file = store::File::open(path, store::Access::read_write);
    const std::string chunks = "/inputs/2/sources/chunks";
    core::Array table = store::read_array(file, chunks);
    table.set_column<double>("radius", std::vector<double>(table.rows(), 0));
    store::remove(file, chunks);
    store::write_array(file, chunks, table);
  });
  expect_parts_of_whole(read_job(comm, path, {}));
}

TEST_F(ModelPartsTest, HoldsOnEachRankWhatAnySiteNeedsWhereSitesAreFew) {
  const Job job = read_job(comm, path, {{"sites_csv", ""}, {"sites", "1 1, 9 9"}});
  ASSERT_EQ(job.share.has_value(), comm.size() > 1);
  const std::size_t distant = expect_parts_of_whole(job);
  if (!job.share) return;
  EXPECT_FALSE(job.share->is_by_sites());
  EXPECT_GT(distant, 0u);
}

TEST_F(ModelPartsTest, HoldsEachSourceOfAnEventSetOnOneRank) {
  const Job job = read_job(comm, path, {{"calculation_mode", "event_based"}});
  ASSERT_EQ(job.share.has_value(), comm.size() > 1);
  ASSERT_EQ(job.source_models.size(), whole.source_models.size());
  for (std::size_t m = 0; m < job.source_models.size(); ++m) {
    const auto& sources = job.source_models[m].sources;
    std::vector<std::uint32_t> holders;
    for (const source::SourcePtr& one : sources)
      holders.push_back(dynamic_cast<const source::DistantSource*>(one.get()) ? 0 : 1);
    comm::all_sum(comm, holders);
    EXPECT_THAT(holders, testing::Each(1u));
    for (std::size_t i = 0; i < sources.size(); ++i)
      EXPECT_EQ(sources[i]->num_ruptures(), whole.source_models[m].sources[i]->num_ruptures());
  }
}

TEST_F(ModelPartsTest, HoldsEverythingWherePointsAreGathered) {
  const Job job = read_job(comm, path, {{"ps_grid_spacing", "50"}});
  EXPECT_FALSE(job.share.has_value());
  EXPECT_EQ(expect_parts_of_whole(job), 0u);
}

TEST_F(ModelPartsTest, TellsAllRanksOfDamagedValues) {
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    store::File file = store::File::open(path, store::Access::read_write);
    const std::string counts = "/inputs/2/sources/counts";
    core::Array table = store::read_array(file, counts);
    table.data()[0] ^= std::byte{1};
    store::remove(file, counts);
    store::write_array(file, counts, table);
  });
  EXPECT_THROW(read_job(comm, path, {}), core::Error);
}

}  // namespace
}  // namespace shakefield::job
