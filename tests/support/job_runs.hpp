// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "scratch_folder.hpp"
#include "shakefield/calc/inspect.hpp"
#include "shakefield/calc/run.hpp"
#include "shakefield/job/job.hpp"

namespace job_runs {

/// Folder of the checkout, as ctest says.
inline std::filesystem::path source_dir() {
  const char* dir = std::getenv("SHAKEFIELD_SOURCE_DIR");
  return dir ? dir : ".";
}

/// Folder of the reference cases, empty if the tests are run without them.
inline std::filesystem::path reference_dir() {
  const char* dir = std::getenv("SHAKEFIELD_REFERENCE_DIR");
  return dir ? dir : "";
}

/// Runs a job on the ranks of `comm`. Collective.
inline shakefield::calc::RunSummary run(const shakefield::comm::Communicator& comm,
                                        const shakefield::job::Job& job,
                                        const std::filesystem::path& output) {
  shakefield::calc::RunOptions options;
  options.output = output;
  options.overwrite = true;
  return shakefield::calc::run(comm, job, options);
}

/// Tests of jobs below the checkout, or below the reference folder, without which these are
/// skipped. A case has its `path`, and `needs_reference`.
template <class Case>
class CaseTest : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (this->GetParam().needs_reference && reference_dir().empty())
      GTEST_SKIP()
          << "SHAKEFIELD_REFERENCE_DIR is not set: the peer's demos are not part of the project";
  }

  std::filesystem::path job_path() const {
    return (this->GetParam().needs_reference ? reference_dir() : source_dir()) /
           this->GetParam().path;
  }
};

}  // namespace job_runs
