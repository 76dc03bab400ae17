// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// The program on broken input, as its user meets it: each case of the tables is run on one rank and
// under mpirun on three. It must end by itself with the agreed status, say once what is wrong,
// where and what to do, and leave no file that passes for a result.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "bad_case.hpp"
#include "command.hpp"
#include "job_folder.hpp"

namespace bad_input {
namespace {

constexpr int ranks_to_try[] = {1, 3};

struct Run {
  std::string kind;
  BadCase bad;
  int ranks;
};

std::string name_of(const Run& run) {
  return run.kind + "_" + run.bad.name + "_np" + std::to_string(run.ranks);
}

/// Shown by GoogleTest when a case fails.
void PrintTo(const Run& run, std::ostream* out) {
  *out << name_of(run);
}

std::vector<Kind> all_kinds() {
  std::vector<Kind> all;
  for (const auto& kinds : {file_kinds(), parameter_kinds(), model_kinds(), site_kinds(),
                            source_kinds(), output_kinds()})
    all.insert(all.end(), kinds.begin(), kinds.end());
  return all;
}

std::vector<Run> all_runs() {
  std::vector<Run> runs;
  for (const Kind& kind : all_kinds())
    for (const BadCase& bad : kind.cases)
      for (const int ranks : ranks_to_try) runs.push_back({kind.name, bad, ranks});
  return runs;
}

/// Exactly the messages that are expected, each "problem (why), suggestion", and nothing else: no
/// trace of a stack, no words of MPI, no message from a second rank.
void expect_messages(const BadCase& bad, const std::vector<std::string>& lines) {
  static const std::regex form("shakefield: error: .+ \\(.+\\).*, .+");
  std::string said;
  std::size_t num_messages = 0;
  for (const std::string& line : lines) {
    const bool is_progress = line.starts_with("progress phase=");
    EXPECT_TRUE(line.starts_with("shakefield: ") || is_progress) << "not of the program: " << line;
    if (!line.starts_with("shakefield: error")) continue;
    ++num_messages;
    said += line + '\n';
    EXPECT_TRUE(std::regex_match(line, form)) << "not 'problem (why), suggestion': " << line;
  }
  EXPECT_EQ(num_messages, bad.num_messages) << said;
  for (const std::string& part : bad.says) EXPECT_THAT(said, testing::HasSubstr(part));
}

/// What was there before is unchanged, and nothing new is called complete.
void expect_no_result(const BadCase& bad, const JobFolder& folder,
                      const std::map<std::string, std::string>& before) {
  auto after = folder.results();
  for (const auto& [name, content] : before)
    EXPECT_TRUE(after[name] == content) << name << " was there and was changed";
  for (const auto& [name, content] : after) {
    if (before.contains(name)) continue;
    EXPECT_TRUE(bad.setting.leaves_file) << name << " was left";
    EXPECT_FALSE(is_complete(folder.path(), name)) << name << " passes for a result";
  }
}

class BadInputTest : public testing::TestWithParam<Run> {};

TEST_P(BadInputTest, EndsWithItsMessageAndNoResult) {
  const auto& [kind, bad, ranks] = GetParam();
  if (bad.setting.obeys_permissions && !permissions_hold())
    GTEST_SKIP() << "the user of this container may write everywhere";
  const JobFolder folder;
  for (const Edit& edit : bad.edits) folder.apply(edit);
  if (bad.setting.prepare) bad.setting.prepare(folder.path());
  const auto before = folder.results();

  const Outcome outcome =
      run_command(command_line(bad.words, ranks, bad.setting.shell),
                  {.folder = folder.path(), .obeys_permissions = bad.setting.obeys_permissions});

  SCOPED_TRACE("standard error:\n" + outcome.err);
  EXPECT_FALSE(outcome.timed_out);
  EXPECT_EQ(outcome.status, bad.status);
  const bool checks = !bad.words.empty() && bad.words.front() == "check";
  if (!checks) {  // which tells of the parameters first
    EXPECT_EQ(outcome.out, "");
  }
  expect_messages(bad, own_lines(outcome.err));
  expect_no_result(bad, folder, before);
}

INSTANTIATE_TEST_SUITE_P(All, BadInputTest, testing::ValuesIn(all_runs()),
                         [](const auto& test) { return name_of(test.param); });

TEST(BadInputTest, StartsFromJobsThatRun) {
  for (const char* job : {"scenario.ini", "scenario.yaml", "event_based.ini"})
    for (const int ranks : ranks_to_try) {
      const JobFolder folder;
      const Outcome outcome = run_command(command_line(run(job), ranks), {folder.path()});
      EXPECT_EQ(outcome.status, 0) << job << " on " << ranks << " ranks\n" << outcome.err;
      EXPECT_THAT(outcome.err, testing::Not(testing::HasSubstr("warning"))) << job;
      EXPECT_TRUE(is_complete(folder.path(), "out.h5")) << job << " on " << ranks << " ranks";
    }
}

TEST(BadInputTest, HasFourCasesOfEachKind) {
  for (const Kind& kind : all_kinds()) EXPECT_GE(kind.cases.size(), 4u) << kind.name;
}

}  // namespace
}  // namespace bad_input
