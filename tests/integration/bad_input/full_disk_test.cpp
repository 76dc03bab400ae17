// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// A disk that becomes full at any moment of a run, between its first byte and its last. The limit
// on the size of files (ulimit -f) stands for the disk: it needs no file system of one's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.hpp"
#include "job_folder.hpp"

namespace bad_input {
namespace {

constexpr std::uintmax_t block_bytes = 512;  ///< unit of the shell's ulimit -f

std::string limit_to(std::uintmax_t blocks) {
  return "ulimit -f " + std::to_string(blocks);
}

std::uintmax_t size_of_a_whole_run(const std::vector<std::string>& words) {
  const JobFolder folder;
  EXPECT_EQ(run_command(command_line(words, 1), {folder.path()}).status, 0);
  return file_size(folder.path() / "out.h5");
}

void expect_no_result_within(std::uintmax_t blocks, const std::vector<std::string>& words,
                             int ranks) {
  const JobFolder folder;
  const Outcome outcome =
      run_command(command_line(words, ranks, limit_to(blocks)), {.folder = folder.path()});
  SCOPED_TRACE(std::to_string(blocks) + " blocks, " + std::to_string(ranks) + " ranks:\n" +
               outcome.err);
  EXPECT_EQ(outcome.status, 4);
  EXPECT_THAT(own_lines(outcome.err), testing::ElementsAre(testing::AllOf(
                                          testing::StartsWith("shakefield: error: cannot "),
                                          testing::HasSubstr("(File too large), make room"))));
  EXPECT_FALSE(is_complete(folder.path(), "out.h5"));
}

TEST(FullDiskTest, LeavesNoResultOnOneRank) {
  const std::vector<std::string> words{"run", "event_based.ini", "-q", "-o", "out.h5"};
  const std::uintmax_t blocks = size_of_a_whole_run(words) / block_bytes;
  constexpr int num_steps = 12;
  for (std::uintmax_t few : {std::uintmax_t{1}, std::uintmax_t{4}, std::uintmax_t{17}, blocks - 1})
    expect_no_result_within(few, words, 1);
  for (int step = 1; step <= num_steps; ++step)
    expect_no_result_within(blocks * step / (num_steps + 1), words, 1);
}

TEST(FullDiskTest, LeavesNoResultOnThreeRanks) {
  // The run writes 14 MB; files of MPI have 4 MiB and must find room.
  const std::vector<std::string> words{
      "run", "scenario.ini", "-q", "-o", "out.h5", "-p", "number_of_ground_motion_fields=100000",
      "-p",  "batch_mib=0.5"};
  const std::uintmax_t blocks = size_of_a_whole_run(words) / block_bytes;
  // Other ranks commit at other moments, and leave some KB more or less unused.
  for (const double share : {0.5, 0.7, 0.8, 0.9, 0.97, 0.99})
    expect_no_result_within(static_cast<std::uintmax_t>(share * static_cast<double>(blocks)), words,
                            3);
}

TEST(FullDiskTest, IsToldOfStandardOutput) {
  const JobFolder folder;
  for (const int ranks : {1, 3}) {
    const Outcome outcome = run_command(
        command_line({"check", "scenario.ini"}, ranks, "exec > /dev/full"), {folder.path()});
    EXPECT_EQ(outcome.status, 4) << outcome.err;
    EXPECT_THAT(own_lines(outcome.err),
                testing::ElementsAre(testing::HasSubstr("cannot write to standard output")));
  }
}

TEST(FullDiskTest, ChangesNoStatusIfItTakesNoMessage) {
  const JobFolder folder;
  for (const int ranks : {1, 3}) {
    const Outcome outcome =
        run_command(command_line(run("absent.ini"), ranks, "exec 2> /dev/full"), {folder.path()});
    EXPECT_EQ(outcome.status, 2);
  }
}

}  // namespace
}  // namespace bad_input
