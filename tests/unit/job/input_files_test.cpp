// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace shakefield::job {
namespace {

TEST(InputFilesTest, SurvivesTheBroadcast) {
  const BrokenJob job;
  InputFiles files;
  const Job here = read_job(job / "event_based.ini", {}, files);
  InputFiles there = InputFiles::unpack(files.pack());
  there.seal();
  const Job copy = read_job(job / "event_based.ini", {}, there);
  EXPECT_EQ(copy.resolved, here.resolved);
  EXPECT_EQ(copy.checksums, here.checksums);
  EXPECT_EQ(copy.sites.keys(), here.sites.keys());
  try {
    there.text(job / "scenario.ini");
    FAIL();
  } catch (const core::Error& e) {
    EXPECT_EQ(e.kind(), core::ErrorKind::internal);
  }
}

TEST(InputFilesTest, NamesFilesFromTheJobsFolder) {
  const Job job = read(data_folder() / "event_based.ini");
  std::vector<std::string> names;
  for (const auto& [name, sum] : job.checksums) {
    names.push_back(name);
    EXPECT_EQ(sum.size(), 32u);
  }
  EXPECT_THAT(names, testing::ElementsAre("event_based.ini", "site_model.csv", "sites.csv",
                                          "trees/area.xml", "trees/faults.xml", "trees/gmms.xml",
                                          "trees/sources.xml"));
}

TEST(InputFilesTest, RefusesFolders) {
  const BrokenJob job;
  InputFiles files;
  EXPECT_THROW(files.text(job / "trees"), core::Error);
  EXPECT_THROW(files.text(job / "absent"), core::Error);
}

}  // namespace
}  // namespace shakefield::job
