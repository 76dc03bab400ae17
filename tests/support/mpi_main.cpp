// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// main of the tests that run on several ranks: root prints as usual, the others print failures
// only, each failure in one block that names its rank, and all ranks end with the same status.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <sstream>
#include <string>

#include "shakefield/comm/communicator.hpp"

namespace {

using shakefield::comm::Communicator;

class FailurePrinter : public testing::EmptyTestEventListener {
 public:
  explicit FailurePrinter(int rank) : rank_(rank) {}

 private:
  // current_test_info() would wait for a lock that is held while listeners hear of results.
  void OnTestStart(const testing::TestInfo& test) override {
    test_ = std::string(test.test_suite_name()) + "." + test.name() + ": ";
  }
  void OnTestEnd(const testing::TestInfo&) override { test_.clear(); }
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (!result.failed()) return;
    std::ostringstream text;  // written at once: other ranks write, too
    text << "rank " << rank_ << ": " << test_ << (result.file_name() ? result.file_name() : "")
         << ":" << result.line_number() << ": Failure\n"
         << result.message() << "\n";
    std::fwrite(text.str().data(), 1, text.str().size(), stderr);
    std::fflush(stderr);
  }

  int rank_;
  std::string test_;
};

}  // namespace

int main(int argc, char** argv) {
  shakefield::comm::Environment environment(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  const Communicator world = Communicator::world();
  testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
  if (!world.is_root()) delete listeners.Release(listeners.default_result_printer());
  if (world.size() > 1) listeners.Append(new FailurePrinter(world.rank()));
  const auto failed = static_cast<std::uint64_t>(RUN_ALL_TESTS() != 0);
  return static_cast<int>(shakefield::comm::largest(world, failed));
}
