// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// A job and the model file that `convert` makes of it give the same results, on any number of
// ranks: two routes to one answer.
#include <gtest/gtest.h>

#include <string>

#include "job_runs.hpp"
#include "large_job.hpp"
#include "shakefield/comm/communicator.hpp"
#include "shakefield/job/model.hpp"

namespace {

using namespace shakefield;

struct Case {
  const char* name;
  const char* path;  ///< below the checkout, or below the reference folder
  bool needs_reference;
  job::Overrides overrides;  ///< that shorten the job, or choose what it computes
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

constexpr const char* logic_tree = "cases/openquake_demos/LogicTreeCase3ClassicalPSHA/job.ini";

const Case cases[] = {
    {"EventBased",
     "examples/california/job_event_based.ini",
     false,
     {{"ses_per_logic_tree_path", "10"}}},
    {"Classical",
     "examples/california/job_classical.ini",
     false,
     {{"region_grid_spacing", "40"}, {"individual_rlzs", "true"}}},
    {"ClassicalWithFewSites",
     "examples/california/job_classical.ini",
     false,
     {{"region_grid_spacing", "190"}}},
    {"Scenario", "examples/hayward/job.ini", false, {{"number_of_ground_motion_fields", "20"}}},
    {"LogicTreeClassical", logic_tree, true, {}},
    {"LogicTreeEventBased",
     logic_tree,
     true,
     {{"calculation_mode", "event_based"},
      {"ses_per_logic_tree_path", "20"},
      {"sites", "0.5 -0.5, 0.6 -0.4, 0.8 -0.3, 0.2 0.1"}}},
    {"SampledTreeEventBased",
     "cases/openquake_demos/LogicTreeCase1ClassicalPSHA/job.ini",
     true,
     {{"calculation_mode", "event_based"},
      {"ses_per_logic_tree_path", "20"},
      {"number_of_logic_tree_samples", "4"},
      {"sites", "0.5 -0.5, 0.6 -0.4, 0.8 -0.3, 0.2 0.1"}}}};

class ModelFileRunTest : public job_runs::CaseTest<Case> {
 protected:
  /// Digest of a run; empty on ranks that do not write.
  std::string digest(const comm::Communicator& comm, const std::filesystem::path& path) const {
    const ScratchFolder folder;
    const auto output = folder / "run.h5";
    job_runs::run(comm, job::read_job(comm, path, GetParam().overrides), output);
    return comm.is_root() ? calc::digest(output) : "";
  }

  const comm::Communicator alone_;
  const comm::Communicator world_ = comm::Communicator::world();
};

TEST_P(ModelFileRunTest, HasTheDigestOfTheRunOfItsJob) {
  const ScratchFolder folder;  // of each rank; the model is in root's
  std::string model = (folder / "model.h5").string();
  comm::agree(world_, [&] {
    if (world_.is_root()) job::write_model(job_path(), model, false);
  });
  comm::broadcast(world_, model);
  const std::string of_texts = digest(world_, job_path()), of_model = digest(world_, model);
  comm::barrier(world_);  // before root's folder goes
  if (!world_.is_root()) return;
  EXPECT_EQ(of_model, of_texts);
  EXPECT_EQ(digest(alone_, model), of_texts);
}

// So many sources that ranks read different chunks of them: by their sites, by any site, by what
// they draw.
class PartsOfModelTest : public testing::TestWithParam<Case> {};

TEST_P(PartsOfModelTest, GiveTheDigestOfTheWhole) {
  const comm::Communicator world = comm::Communicator::world(), alone;
  const ScratchFolder folder;
  std::string model = (folder / "model.h5").string();
  comm::agree(world, [&] {
    if (!world.is_root()) return;
    test_jobs::write_large_job(folder / "");
    job::write_model(folder / "job.ini", model, false);
  });
  comm::broadcast(world, model);
  const job::Overrides& overrides = GetParam().overrides;
  const job::Job job = job::read_job(world, model, overrides);
  EXPECT_EQ(job.share.has_value(), world.size() > 1);
  job_runs::run(world, job, folder / "parts.h5");
  comm::barrier(world);  // before root's folder goes
  if (!world.is_root()) return;
  job::InputFiles files;
  const job::Job whole = job::read_job(folder / "job.ini", overrides, files);
  const calc::RunSummary summary = job_runs::run(alone, whole, folder / "whole.h5");
  EXPECT_GT(summary.ruptures, 100u);
  EXPECT_EQ(calc::digest(folder / "parts.h5"), calc::digest(folder / "whole.h5"));
}

const Case parts_cases[] = {
    {"Classical", "", false, {}},
    {"ClassicalWithFewSites", "", false, {{"sites_csv", ""}, {"sites", "1 1, 9 9"}}},
    {"EventBased",
     "",
     false,
     {{"calculation_mode", "event_based"}, {"ses_per_logic_tree_path", "10"}}}};

INSTANTIATE_TEST_SUITE_P(Jobs, PartsOfModelTest, testing::ValuesIn(parts_cases),
                         [](const auto& instance) { return instance.param.name; });
INSTANTIATE_TEST_SUITE_P(Jobs, ModelFileRunTest, testing::ValuesIn(cases),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
