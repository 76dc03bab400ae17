// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "resume.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"
#include "shakefield/core/version.hpp"

namespace shakefield::calc {
namespace {

job::Job some_job() {
  job::Job job;
  job.path = "folder/job.ini";
  job.resolved = "batch_mib = 4\nmaximum_distance = 200\nses_seed = 7\n";
  job.checksums = {{"job.ini", "aa"}, {"sites and more.csv", "bb"}};
  return job;
}

/// Header of a file that the same program began with the same job.
ResultHeader header() {
  const core::BuildInfo& build = core::build_info();
  ResultHeader h;
  h.version = build.version;
  h.commit = build.commit;
  h.compiler = build.compiler;
  h.arch = build.arch;
  h.job = some_job().resolved;
  h.input_checksums = {"job.ini aa", "sites and more.csv bb"};
  return h;
}

std::string refusal(const ResultHeader& before, const job::Job& job) {
  try {
    expect_same_run(before, job, "out.h5");
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::config);
    return error.what();
  }
  return "";
}

TEST(ResumeRulesTest, TheSameProgramAndJobGoOn) {
  EXPECT_EQ(refusal(header(), some_job()), "");
}

TEST(ResumeRulesTest, AnotherProgramDoesNot) {
  ResultHeader before = header();
  before.arch = "znver5";
  EXPECT_THAT(refusal(before, some_job()), testing::HasSubstr("its binary target was znver5, is "));
  before = header();
  before.version = "0.0.1";
  EXPECT_THAT(refusal(before, some_job()), testing::HasSubstr("the version of shakefield was "));
  before = header();
  before.commit = "1234567";
  EXPECT_THAT(refusal(before, some_job()), testing::HasSubstr("its commit was 1234567"));
}

TEST(ResumeRulesTest, OtherParametersAndInputsAreNamed) {
  job::Job job = some_job();
  job.resolved = "batch_mib = 8\nmaximum_distance = 150\nminimum_magnitude = 5\nses_seed = 7\n";
  job.checksums = {{"job.ini", "cc"}, {"sites and more.csv", "dd"}, {"tree.xml", "ee"}};
  EXPECT_THAT(
      refusal(header(), job),
      testing::HasSubstr("(maximum_distance was 200, is 150; minimum_magnitude was none, is "
                         "5; sites and more.csv has changed; tree.xml was not read)"));
  job = some_job();
  job.checksums.erase("sites and more.csv");
  EXPECT_THAT(refusal(header(), job), testing::HasSubstr("sites and more.csv is no longer read"));
}

TEST(ResumeRulesTest, WhatChangesNoNumberMayDiffer) {
  job::Job job = some_job();
  job.resolved =
      "batch_mib = 64\nexport_dir = out\nmaximum_distance = 200\nses_seed = 7\ntile_size = 16\n";
  job.checksums["job.ini"] = "cc";
  EXPECT_EQ(refusal(header(), job), "");
}

}  // namespace
}  // namespace shakefield::calc
