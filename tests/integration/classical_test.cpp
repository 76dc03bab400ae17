// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Whole classical runs: the same bits for any number of ranks and any size of tiles, and what the
// file and the exports hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "job_runs.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/calc/inspect.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/comm/communicator.hpp"

namespace {

using namespace shakefield;

class ClassicalRunTest : public testing::TestWithParam<const char*> {
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
TEST_P(ClassicalRunTest, CurvesDependNeitherOnRanksNorOnTiles) {
  const auto world = comm::Communicator::world();
  const std::string of_all = digest(world, "256"), small_tiles = digest(world, "16");
  if (!world.is_root()) return;
  const std::string alone = digest(comm::Communicator(), "64");
  EXPECT_EQ(of_all, alone);
  EXPECT_EQ(small_tiles, alone);
}

TEST_P(ClassicalRunTest, FilesHoldEveryKindAtEverySite) {
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

/// Runs that stop at every commit and are gone on with, on all ranks and on root alone in turn.
/// Sums of 0.1 MiB hold a few tiles, those of 512 all sites: then runs stop between shares of the
/// sources.
TEST_P(ClassicalRunTest, StoppedRunsEndWithTheContentOfOneWithoutAStop) {
  const auto world = comm::Communicator::world();
  const ScratchFolder folder;  // of each rank; root's counts
  const std::string expected = digest(world, "64");
  for (const double sums_mib : {0.1, 512.0}) {
    const auto output = folder / (sums_mib < 1 ? "rounds.h5" : "shares.h5");
    int sessions = 0;
    std::uint64_t is_complete = 0;
    for (; !is_complete; ++sessions) {
      ASSERT_LT(sessions, 1000);
      const bool alone = sessions % 3 == 1;
      const comm::Communicator comm = alone ? comm::Communicator() : world;
      int meetings = 0;
      calc::RunOptions options{.output = output, .resume = sessions > 0, .commit_interval_s = 0};
      options.sums_mib = sums_mib;
      options.must_stop = [&] { return ++meetings > 3 + sessions / 4; };
      if (!alone || world.is_root()) try {
          calc::run(comm, read(comm, sessions % 2 ? "64" : "32"), options);
          is_complete = 1;
        } catch (const core::Error& error) {
          ASSERT_EQ(error.kind(), core::ErrorKind::interrupted) << error.what();
        }
      comm::broadcast(world, is_complete);
    }
    EXPECT_GT(sessions, 5);
    if (world.is_root()) {
      EXPECT_EQ(calc::digest(output), expected);
    }
  }
}

TEST_P(ClassicalRunTest, FilesOfStoppedRunsSayHowFarTheyCameAndAreNotExported) {
  if (!comm::Communicator::world().is_root()) return;
  const comm::Communicator alone;
  const ScratchFolder folder;
  const auto output = folder / "run.h5";
  calc::RunOptions options{.output = output, .commit_interval_s = 0};
  options.sums_mib = 0.1;
  int meetings = 0;
  options.must_stop = [&] { return ++meetings > 100; };
  const job::Job job = read(alone, "16");
  EXPECT_THROW(calc::run(alone, job, options), core::Error);
  EXPECT_TRUE(std::regex_search(
      calc::describe(output),
      std::regex("NOT COMPLETE: stopped after [0-9]+ % \\([0-9]+ of [0-9]+ sites have their "
                 "results\\); go on with `shakefield run JOB --resume")))
      << calc::describe(output);
  EXPECT_THROW(calc::export_results(output, folder / "csv"), core::Error);
  // Sites without results hold NaN, the others numbers.
  const calc::Results results(output);
  const core::Array array = store::read_array(results.file(), "/hazard/curves");
  const auto curves = array.values<float>();
  const auto missing = std::ranges::count_if(curves, [](float poe) { return std::isnan(poe); });
  EXPECT_GT(missing, 0);
  EXPECT_EQ(missing % (curves.size() / job.sites.size()), 0u);
}

/// First lines of a text file without its comment.
std::vector<std::string> lines(const std::filesystem::path& path, std::size_t count) {
  std::ifstream file(path);
  std::vector<std::string> found;
  for (std::string line; found.size() < count && std::getline(file, line);)
    if (!line.starts_with('#')) found.push_back(line);
  return found;
}

// Names of files and columns as the engine has them (docs/definitions/hazard.md, section 3).
TEST_P(ClassicalRunTest, ExportsHaveTheNamesOfTheEngine) {
  if (!comm::Communicator::world().is_root()) return;
  const comm::Communicator alone;
  const ScratchFolder folder;
  job_runs::run(alone, read(alone, "256"), folder / "run.h5");
  const auto csv = calc::export_results(folder / "run.h5", folder / "csv");
  // 8 kinds of curve x 3 measures; maps of 8 kinds, and of 4 statistics at 2 return periods; 4
  // spectra; sites and realizations.
  EXPECT_EQ(csv.size(), 24u + 8 + 8 + 4 + 2);
  for (const char* name : {"hazard_curve-mean-SA(0.2).csv", "quantile_curve-0.16-PGA.csv",
                           "hazard_curve-rlz-003-PGA.csv", "hazard_map-mean.csv",
                           "quantile_map-0.84-2475y.csv", "hazard_uhs-mean.csv"})
    EXPECT_TRUE(std::filesystem::exists(folder / "csv" / name)) << name;
  EXPECT_TRUE(lines(folder / "csv/hazard_curve-mean-PGA.csv", 1)[0].starts_with(
      "lon,lat,depth,poe-0.0050000,poe-0.0069346,"));
  EXPECT_EQ(lines(folder / "csv/hazard_map-mean.csv", 1)[0],
            "lon,lat,PGA-0.1,PGA-0.02,SA(0.2)-0.1,SA(0.2)-0.02,SA(1.0)-0.1,SA(1.0)-0.02\r");
  EXPECT_EQ(lines(folder / "csv/hazard_map-mean-475y.csv", 1)[0], "lon,lat,PGA,SA(0.2),SA(1.0)\r");
  EXPECT_TRUE(lines(folder / "csv/hazard_uhs-mean.csv", 1)[0].starts_with(
      "lon,lat,0.100000~PGA,0.100000~SA(0.2),0.100000~SA(1.0),0.020000~PGA"));
  const auto maps =
      calc::export_results(folder / "run.h5", folder / "json", {.what = {"hmaps-geojson"}});
  EXPECT_EQ(maps.size(), 8u);
  EXPECT_NE(lines(folder / "json/hazard_map-mean.geojson", 3)[2].find("\"SA(0.2)-0.02\": "),
            std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Spacings, ClassicalRunTest, testing::Values("40", "190"),
                         [](const auto& instance) { return std::string(instance.param) + "km"; });

}  // namespace
