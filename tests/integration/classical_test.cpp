// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Hazard curves are the same, bit by bit, for any number of ranks and any size of tiles.
#include <gtest/gtest.h>

#include "job_runs.hpp"
#include "shakefield/calc/inspect.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/comm/communicator.hpp"

namespace {

using namespace shakefield;

class ClassicalDeterminismTest : public testing::TestWithParam<const char*> {
 protected:
  job::Job read(const comm::Communicator& comm, const char* tile_size) const {
    return job::read_job(comm, job_runs::source_dir() / "examples/california/job_classical.ini",
                         {{"region_grid_spacing", GetParam()},
                          {"tile_size", tile_size},
                          {"individual_rlzs", "true"}});
  }
  /// Digest of a run; empty on ranks that do not write.
  std::string digest(const comm::Communicator& comm, const char* tile_size) const {
    const ScratchFolder folder;
    const auto output = folder / "run.h5";
    job_runs::run(comm, read(comm, tile_size), output);
    return comm.is_root() ? calc::digest(output) : "";
  }
};

// The wider spacing leaves so few sites that ranks share the sources of each one.
TEST_P(ClassicalDeterminismTest, CurvesDependNeitherOnRanksNorOnTiles) {
  const auto world = comm::Communicator::world();
  const std::string of_all = digest(world, "256"), small_tiles = digest(world, "16");
  if (!world.is_root()) return;
  const std::string alone = digest(comm::Communicator(), "64");
  EXPECT_EQ(of_all, alone);
  EXPECT_EQ(small_tiles, alone);
}

TEST_P(ClassicalDeterminismTest, FilesHoldEveryKindAtEverySite) {
  const comm::Communicator alone;
  if (!comm::Communicator::world().is_root()) return;
  const ScratchFolder folder;
  const job::Job job = read(alone, "256");
  const calc::RunSummary summary = job_runs::run(alone, job, folder / "run.h5");
  EXPECT_GT(summary.ruptures, 0u);
  EXPECT_GT(summary.values, 0u);
  const calc::Results results(folder / "run.h5");
  results.require_complete();
  using Shape = std::vector<std::size_t>;
  const std::size_t n = job.sites.size(), kinds = 4 + 4;  // mean, three quantiles, realizations
  EXPECT_EQ(store::shape(results.file(), "/hazard/curves"), (Shape{n, kinds, 3, 20}));
  EXPECT_EQ(store::shape(results.file(), "/hazard/maps"), (Shape{n, kinds, 3, 2}));
  EXPECT_EQ(store::shape(results.file(), "/hazard/uhs"), (Shape{n, kinds, 2, 3}));
  const core::Array array = store::read_array(results.file(), "/hazard/curves");
  const auto curves = array.values<float>();
  for (std::size_t row = 0; row < curves.size(); row += 20)
    for (std::size_t l = 0; l < 20; ++l) {
      EXPECT_GE(curves[row + l], 0);
      EXPECT_LE(curves[row + l], l == 0 ? 1 : curves[row + l - 1]) << "curves fall";
    }
}

INSTANTIATE_TEST_SUITE_P(Spacings, ClassicalDeterminismTest, testing::Values("40", "190"),
                         [](const auto& instance) { return std::string(instance.param) + "km"; });

}  // namespace
