// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The same numbers for any number of ranks, any tile size, any batch size, and (fields without
// correlation) for any subset of the sites: equivalence tests, two routes to one answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <random>
#include <vector>

#include "job_runs.hpp"
#include "shakefield/calc/results.hpp"
#include "shakefield/comm/communicator.hpp"

namespace {

using namespace shakefield;

struct Case {
  const char* name;
  const char* path;  ///< below the checkout, or below the reference folder
  bool needs_reference;
  job::Overrides overrides;  ///< that shorten the job
  const char* small_batch;   ///< MiB that give at least 20 batches
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

const Case cases[] = {
    {"HaywardCorrelated", "examples/hayward/job_correlated.ini", false, {}, "0.1"},
    {"California",
     "examples/california/job_event_based.ini",
     false,
     {{"ses_per_logic_tree_path", "60"}},
     "0.5"},
    {"EventBasedPsha", "cases/openquake_demos/EventBasedPSHA/job.ini", true, {}, "0.01"},
    {"LogicTree",
     "cases/openquake_demos/LogicTreeCase3ClassicalPSHA/job.ini",
     true,
     {{"calculation_mode", "event_based"},
      {"ses_per_logic_tree_path", "20"},
      {"sites", "0.5 -0.5, 0.6 -0.4, 0.8 -0.3, 0.2 0.1"}},
     "0.01"}};

const Case curve_cases[] = {
    {"California",
     "examples/california/job_event_based.ini",
     false,
     {{"ses_per_logic_tree_path", "60"},
      {"hazard_curves_from_gmfs", "true"},
      {"individual_rlzs", "true"},
      {"poes", "0.1"},
      {"intensity_measure_types_and_levels",
       R"_({"PGA": [0.001, 0.1, 0.5], "SA(0.2)": [0.002, 0.1, 1], "SA(1.0)": [0.001, 0.1, 0.4]})_"}},
     "0.5"},
    {"WithoutStoredFields",
     "tests/integration/bad_input/base/event_based.ini",
     false,
     {{"ses_per_logic_tree_path", "2000"},
      {"ground_motion_fields", "false"},
      {"hazard_curves_from_gmfs", "true"},
      {"quantiles", "0.5"},
      {"intensity_measure_types_and_levels",
       R"_({"PGA": [0.01, 0.05, 0.2], "SA(0.3)": [0.01, 0.05, 0.2]})_"}},
     "0.01"}};

/// One row of the table with its site renumbered.
struct Row {
  std::uint64_t event;
  std::int64_t site;
  std::vector<float> values;
  bool operator==(const Row&) const = default;
};

/// Rows of a file whose site is renumbered to something >= 0, in table order.
template <class Renumber>
std::vector<Row> rows(const std::filesystem::path& path, const Renumber& renumber) {
  const calc::Results results(path);
  const std::size_t num_imts = results.gmf_layout().imts.size();
  std::vector<Row> selected;
  results.for_each_block([&](const calc::GmfBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const std::int64_t site = renumber(block.site(i));
      if (site < 0) continue;
      Row row{block.event(i), site, {}};
      for (std::size_t m = 0; m < num_imts; ++m) row.values.push_back(block.value(i, m));
      selected.push_back(std::move(row));
    }
  });
  return selected;
}

/// About every tenth site (at least one), the same on all ranks; `kept` gets the site ids.
site::SiteCollection random_tenth(const site::SiteCollection& sites,
                                  std::vector<std::uint32_t>& kept) {
  std::mt19937 random(20261123);
  const auto select = [&](const auto& column) {
    std::remove_cvref_t<decltype(column)> part;
    if (!column.empty())
      for (const std::uint32_t i : kept) part.push_back(column[i]);
    return part;
  };
  for (std::uint32_t i = 0; i < sites.size(); ++i)
    if (random() % 10 == 0 || (i + 1 == sites.size() && kept.empty())) kept.push_back(i);
  const site::SiteParameters& p = sites.parameters();
  return {select(sites.points()),
          {select(p.vs30), select(p.vs30measured), select(p.z1pt0), select(p.z2pt5),
           select(p.backarc), select(p.xvf), select(p.region)},
          select(sites.custom_ids())};
}

class DeterminismTest : public job_runs::CaseTest<Case> {
 protected:
  /// Collective over `comm`.
  job::Job read(const comm::Communicator& comm, const char* tile_size,
                const char* batch_mib) const {
    job::Overrides overrides = GetParam().overrides;
    overrides.emplace_back("tile_size", tile_size);
    overrides.emplace_back("batch_mib", batch_mib);
    return job::read_job(comm, job_path(), overrides);
  }

  /// Digest of a run on `comm`; empty on ranks that do not write.
  std::string digest(const comm::Communicator& comm, const job::Job& job) const {
    const std::filesystem::path output = folder_ / "run.h5";
    job_runs::run(comm, job, output);
    return comm.is_root() ? calc::digest(output) : std::string();
  }

  void expect_one_digest() const {
    std::string serial;
    if (world_.is_root()) serial = digest(alone_, read(alone_, "256", "64"));
    for (const char* tile_size : {"64", "256", "1000"})
      for (const char* batch_mib : {"64", GetParam().small_batch}) {
        const std::string parallel = digest(world_, read(world_, tile_size, batch_mib));
        if (world_.is_root()) {
          EXPECT_EQ(parallel, serial) << "tile_size " << tile_size << ", batch_mib " << batch_mib;
        }
      }
  }

  const comm::Communicator alone_;
  const comm::Communicator world_ = comm::Communicator::world();
  ScratchFolder folder_;
};

TEST_P(DeterminismTest, DigestDoesNotDependOnRanksTilesOrBatches) {
  expect_one_digest();
}

TEST_P(DeterminismTest, DigestDoesNotDependOnTheWriter) {
  job::Job job = read(world_, "64", GetParam().small_batch);
  const std::string single = digest(world_, job);
  job.parameters.gmf_writer = "mpi_io";
  EXPECT_EQ(digest(world_, job), single);
}

TEST_P(DeterminismTest, ARunThatAllRanksWriteIsNotGoneOnWith) {
  job::Job job = read(world_, "64", "64");
  job.parameters.gmf_writer = "mpi_io";
  calc::RunOptions options;
  options.output = folder_ / "run.h5";
  options.resume = true;
  try {
    calc::run(world_, job, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::config);
    EXPECT_NE(std::string(error.what()).find("gmf_writer = single"), std::string::npos);
  }
}

TEST_P(DeterminismTest, ARunThatAllRanksWriteSaysThatWhatASignalStopsIsLost) {
  job::Job job = read(world_, "64", GetParam().small_batch);
  job.parameters.gmf_writer = "mpi_io";
  calc::RunOptions options;
  options.output = folder_ / "run.h5";
  options.commit_interval_s = 0;
  options.must_stop = [this] { return world_.rank() == world_.size() - 1; };
  try {
    calc::run(world_, job, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::interrupted);
    const std::string text = error.what();
    EXPECT_NE(text.find("holds nothing to go on with"), std::string::npos) << text;
    EXPECT_NE(text.find("run the job again with --overwrite"), std::string::npos) << text;
    EXPECT_EQ(text.find("--resume"), std::string::npos) << text;
  }
  if (!world_.is_root()) return;
  const std::string state = calc::describe(options.output);
  EXPECT_NE(state.find("NOT COMPLETE: the run stopped before its end"), std::string::npos) << state;
  EXPECT_EQ(state.find("--resume"), std::string::npos) << state;
}

/// Curves from fields that are stored, or not.
class CurvesFromFieldsTest : public DeterminismTest {};

TEST_P(CurvesFromFieldsTest, DigestDoesNotDependOnRanksTilesOrBatches) {
  expect_one_digest();
}

// Levels below minimum_intensity are exact: counted before rows are dropped.
TEST_P(CurvesFromFieldsTest, CurvesDoNotDependOnWhatIsStored) {
  job::Job job = read(world_, "256", "64");
  std::vector<core::Array> curves;
  for (const bool stores : {true, false})
    for (const double floor : {0.0, 0.3}) {
      job.parameters.ground_motion_fields = stores;
      job.parameters.minimum_intensity.assign(job.parameters.imts.size(), floor);
      job_runs::run(world_, job, folder_ / "run.h5");
      if (!world_.is_root()) continue;
      const calc::Results results(folder_ / "run.h5");
      EXPECT_EQ(results.has("/gmf_data/table"), stores);
      curves.push_back(store::read_array(results.file(), "/hazard/curves"));
    }
  for (const core::Array& other : curves) {
    EXPECT_GT(std::ranges::max(other.values<float>()), 0.1f);
    EXPECT_EQ(std::memcmp(other.data(), curves.front().data(), other.size_bytes()), 0);
  }
}

TEST_P(DeterminismTest, SubsetOfSitesHasTheSameRows) {
  if (std::string(GetParam().name) == "HaywardCorrelated")
    GTEST_SKIP() << "a correlated field depends on all its sites by definition";
  const job::Job whole = read(world_, "256", "64");
  job::Job part = whole;
  std::vector<std::uint32_t> kept;  // site ids of the whole job, by their number in the part
  part.sites = random_tenth(whole.sites, kept);
  job_runs::run(world_, whole, folder_ / "whole.h5");
  job_runs::run(world_, part, folder_ / "part.h5");
  if (!world_.is_root()) return;

  std::map<std::uint32_t, std::uint32_t> number_in_part;
  for (std::uint32_t i = 0; i < kept.size(); ++i) number_in_part[kept[i]] = i;
  const std::vector<Row> expected = rows(folder_ / "whole.h5", [&](std::uint32_t site) {
    const auto found = number_in_part.find(site);
    return found == number_in_part.end() ? -1 : static_cast<std::int64_t>(found->second);
  });
  const std::vector<Row> actual =
      rows(folder_ / "part.h5", [](std::uint32_t site) { return std::int64_t{site}; });
  EXPECT_GT(expected.size(), 100u);
  EXPECT_EQ(actual, expected);
}

TEST_P(DeterminismTest, RanksTogetherGenerateTheValuesOfTheRunOnce) {
  const job::Job job = read(world_, "256", "64");
  const calc::RunSummary parallel = job_runs::run(world_, job, folder_ / "parallel.h5");
  std::uint64_t sum = 0;
  for (const std::uint64_t values : parallel.values_by_rank) sum += values;
  EXPECT_EQ(sum, parallel.values);
  if (!world_.is_root()) return;
  const calc::RunSummary serial = job_runs::run(alone_, job, folder_ / "serial.h5");
  EXPECT_EQ(parallel.values, serial.values);
  EXPECT_EQ(parallel.rows, serial.rows);
  EXPECT_EQ(parallel.events, serial.events);
}

INSTANTIATE_TEST_SUITE_P(Jobs, DeterminismTest, testing::ValuesIn(cases),
                         [](const testing::TestParamInfo<Case>& test) { return test.param.name; });
INSTANTIATE_TEST_SUITE_P(Jobs, CurvesFromFieldsTest, testing::ValuesIn(curve_cases),
                         [](const testing::TestParamInfo<Case>& test) { return test.param.name; });

TEST(WorkTest, IsDealtEvenlyOnCalifornia) {
  const comm::Communicator world = comm::Communicator::world();
  const ScratchFolder folder;
  const job::Job job =
      job::read_job(world, job_runs::source_dir() / "examples/california/job_event_based.ini",
                    {{"ses_per_logic_tree_path", "10"}});
  const calc::RunSummary summary = job_runs::run(world, job, folder / "run.h5");
  const auto ranks = static_cast<double>(world.size());
  for (const double work : summary.work_by_rank) EXPECT_LE(work * ranks, 1.15);
}

}  // namespace
