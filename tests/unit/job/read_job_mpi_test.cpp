// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace shakefield::job {
namespace {

TEST(ReadJobTest, GivesAllRanksTheSameJob) {
  const auto comm = comm::Communicator::world();
  const Job job = read_job(comm, data_folder() / "event_based.ini", {{"ses_seed", "5"}});
  std::string resolved = job.resolved;
  std::uint64_t key = path_sources(job).back().key ^ job.sites.keys().back();
  comm::broadcast(comm, resolved);
  comm::broadcast(comm, key);
  EXPECT_EQ(job.resolved, resolved);
  EXPECT_EQ(path_sources(job).back().key ^ job.sites.keys().back(), key);
}

TEST(ReadJobTest, ThrowsTheSameErrorOnAllRanks) {
  const auto comm = comm::Communicator::world();
  try {
    read_job(comm, data_folder() / "event_based.ini",
             {{"truncation_level", "-1"}, {"no_such_key", "1"}});
    FAIL();
  } catch (const core::Error& e) {
    EXPECT_EQ(e.kind(), core::ErrorKind::config);
    EXPECT_THAT(e.what(), testing::HasSubstr("truncation_level = -1 is out of range"));
    EXPECT_THAT(e.what(), testing::HasSubstr("no_such_key"));
  }
}

}  // namespace
}  // namespace shakefield::job
