// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Runs that are killed at random moments, again and again, and resumed on other numbers of ranks:
// after each kill the file opens and has lost nothing that was committed, and at the end its
// content is that of a run without a stop. SHAKEFIELD_RESTART_KILLS sets the kills of a job; the
// moments come from fixed seeds, but what a kill meets depends on the machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <regex>
#include <thread>

#include "../bad_input/command.hpp"
#include "../bad_input/job_folder.hpp"
#include "running_command.hpp"
#include "scratch_folder.hpp"

namespace restart {
namespace {

namespace fs = std::filesystem;
using bad_input::command_line;
using bad_input::Outcome;
using Clock = std::chrono::steady_clock;

/// A job that takes a second or two, in many small batches or shares of its sources.
struct RestartJob {
  const char* name;
  const char* file;  ///< in the checkout
  std::vector<std::string> parameters;
};

const std::vector<RestartJob> jobs{
    {"California",
     "examples/california/job_event_based.ini",
     {"ses_per_logic_tree_path=60", "batch_mib=0.1"}},
    {"Correlated",
     "examples/hayward/job_correlated.ini",
     {"number_of_ground_motion_fields=400", "batch_mib=0.1"}},
    {"EventBased",
     "tests/integration/bad_input/base/event_based.ini",
     {"ses_per_logic_tree_path=40000", "batch_mib=0.05", "minimum_intensity=0.05"}},
    {"Curves",
     "examples/california/job_event_based.ini",
     {"ses_per_logic_tree_path=60", "batch_mib=0.1", "hazard_curves_from_gmfs=true",
      R"_(intensity_measure_types_and_levels={"PGA": [0.001, 0.1], "SA(0.2)": [0.001, 0.1], "SA(1.0)": [0.001, 0.1]})_"}},
    {"CurvesWithoutFields",
     "tests/integration/bad_input/base/event_based.ini",
     {"ses_per_logic_tree_path=40000", "batch_mib=0.05", "ground_motion_fields=false",
      "hazard_curves_from_gmfs=true",
      R"_(intensity_measure_types_and_levels={"PGA": [0.001, 0.1], "SA(0.3)": [0.001, 0.1]})_"}},
    {"Reducers",
     "examples/california/job_event_based.ini",
     {"ses_per_logic_tree_path=60", "batch_mib=0.1", "hazard_curves_from_gmfs=true",
      "gmf_statistics=true", "gmf_maxima=true", "gmf_exceedances=true", "gmf_top_events=20",
      R"_(intensity_measure_types_and_levels={"PGA": [0.001, 0.1], "SA(0.2)": [0.001, 0.1], "SA(1.0)": [0.001, 0.1]})_"}},
    {"ReducersWithoutFields",
     "tests/integration/bad_input/base/event_based.ini",
     {"ses_per_logic_tree_path=40000", "batch_mib=0.05", "ground_motion_fields=false",
      "gmf_statistics=true", "gmf_maxima=true", "gmf_exceedances=true", "gmf_top_events=20",
      R"_(intensity_measure_types_and_levels={"PGA": [0.001, 0.1], "SA(0.3)": [0.001, 0.1]})_"}},
    {"WithoutFields",
     "tests/integration/bad_input/base/event_based.ini",
     {"ses_per_logic_tree_path=100000", "batch_mib=0.05", "ground_motion_fields=false"}},
    {"Classical",
     "examples/california/job_classical.ini",
     {"region_grid_spacing=40", "individual_rlzs=true"}},
    {"ClassicalAtFewSites",
     "examples/california/job_classical.ini",
     {"region_grid_spacing=190", "rupture_mesh_spacing=2"}},
    {"Disaggregation",
     "examples/california/job_classical.ini",
     {"calculation_mode=disaggregation", "region_grid_spacing=60", "poes=0.1", "poes_disagg=0.1",
      "mag_bin_width=0.5", "distance_bin_width=20", "coordinate_bin_width=0.5",
      "num_epsilon_bins=3", "disagg_by_src=true"}}};

std::string text_of(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value ? value : otherwise;
}

/// What `shakefield info` says of a file.
struct State {
  bool is_complete = false;
  std::uint64_t progress = 0;  ///< events; of classical calculations percents
};

class RestartTest : public testing::TestWithParam<RestartJob> {
 protected:
  Outcome shakefield(const std::vector<std::string>& words, int ranks = 1,
                     const std::string& shell = "") const {
    return bad_input::run_command(command_line(words, ranks, shell),
                                  {.folder = folder_.path(), .timeout_s = 300});
  }

  std::vector<std::string> run_words(const fs::path& output) const {
    std::vector<std::string> words{
        "run",
        (fs::path(text_of("SHAKEFIELD_SOURCE_DIR", ".")) / GetParam().file).string(),
        "-q",
        "-o",
        output.string(),
        "--commit-interval",
        "0"};
    for (const std::string& parameter : GetParam().parameters)
      words.insert(words.end(), {"-p", parameter});
    return words;
  }

  std::string digest(const fs::path& file) const {
    const Outcome outcome = shakefield({"info", file.string(), "--digest"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.out;
  }

  /// Makes the run to compare with, and learns how long one takes.
  void make_expected() {
    const auto start = Clock::now();
    const Outcome outcome = shakefield(run_words(folder_ / "expected.h5"), 2);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    duration_ = Clock::now() - start;
    expected_ = digest(folder_ / "expected.h5");
    ASSERT_FALSE(fs::exists(folder_ / "expected.h5.journal"));
  }

  /// Nothing if the run was killed before its first commit.
  std::optional<State> state_of(const fs::path& file) const {
    char first = 0;
    std::ifstream(file, std::ios::binary).get(first);
    const Outcome outcome = shakefield({"info", file.string()});
    if (first == 0 && outcome.status == 2) return std::nullopt;
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    State state;
    std::smatch found;
    state.is_complete = std::regex_search(outcome.out, std::regex("state +complete"));
    if (std::regex_search(outcome.out, found, std::regex("stopped after ([0-9,]+)"))) {
      std::string digits = found[1];
      std::erase(digits, ',');
      state.progress = std::stoull(digits);
    } else {
      EXPECT_TRUE(state.is_complete) << outcome.out;
    }
    return state;
  }

  ScratchFolder folder_;
  std::string expected_;
  Clock::duration duration_{};
};

/// Kills a run in one of the ways in which runs end too early.
void end_early(RunningCommand& command, unsigned way, std::size_t rank) {
  constexpr std::chrono::seconds limit{60};
  if (way % 3 == 0) {
    command.signal_command(SIGKILL);
  } else {
    command.signal_rank(rank, SIGKILL);
  }
  command.wait(limit);
}

TEST_P(RestartTest, KilledRunsEndWithTheContentOfOneWithoutAStop) {
  const int num_kills = std::stoi(text_of("SHAKEFIELD_RESTART_KILLS", "3"));
  make_expected();
  const auto full_bytes = fs::file_size(folder_ / "expected.h5");
  // Kills come within this time. It is shortened when runs end before, so that most are hit.
  double span_ms = std::chrono::duration<double, std::milli>(duration_).count();
  std::mt19937 random(static_cast<unsigned>(num_kills));
  const fs::path file = folder_ / "out.h5";
  std::uint64_t progress = 0;
  int num_completed = 0, num_resumed = 0;
  for (int kill = 0; kill < num_kills;) {
    const int ranks = 1 + static_cast<int>(random() % 4);
    const auto way = static_cast<unsigned>(random()), rank = static_cast<unsigned>(random());
    const auto delay_ms = static_cast<unsigned>(random() % static_cast<unsigned>(span_ms + 1));
    std::vector<std::string> words = run_words(file);
    words.emplace_back("--resume");
    SCOPED_TRACE("kill " + std::to_string(kill) + " on " + std::to_string(ranks) + " ranks after " +
                 std::to_string(delay_ms) + " ms");
    if (way % 8 == 0) {  // the disk becomes full
      const auto limit = "ulimit -f " + std::to_string(random() % (full_bytes / 512));
      EXPECT_THAT(shakefield(words, 1, limit).status, testing::AnyOf(4, 0));
    } else {
      RunningCommand command(command_line(words, ranks), file.string());
      // Most kills hit the calculation, some the start.
      if (way % 8 != 1) command.wait_for(file.string() + ".journal", std::chrono::seconds(60));
      std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
      end_early(command, way, rank);
    }
    const std::optional<State> state = state_of(file);
    if (HasFailure()) return;
    if (!state || !state->is_complete) {
      ++kill;
      EXPECT_GE(state ? state->progress : 0, progress);
      num_resumed += state && state->progress > 0;
      progress = state ? state->progress : 0;
      continue;
    }
    ++num_completed;
    span_ms *= 0.8;
    EXPECT_EQ(digest(file), expected_);
    fs::remove(file);
    progress = 0;
  }
  std::vector<std::string> words = run_words(file);
  words.emplace_back("--resume");
  const Outcome last = shakefield(words, 1 + static_cast<int>(random() % 4));
  EXPECT_EQ(last.status, 0) << last.err;
  EXPECT_EQ(digest(file), expected_);
  EXPECT_FALSE(fs::exists(file.string() + ".journal"));
  RecordProperty("resumed_from_a_commit", num_resumed);
  RecordProperty("completed_before_the_kill", num_completed);
}

/// Ends that need no luck; some jobs are enough.
class StopTest : public RestartTest {};

TEST_P(StopTest, AFullDiskIsNoLossOnceThereIsRoom) {
  make_expected();
  const fs::path file = folder_ / "out.h5";
  // Files of several ranks may be larger: they have other commits.
  ASSERT_EQ(shakefield(run_words(folder_ / "alone.h5")).status, 0);
  const auto blocks = fs::file_size(folder_ / "alone.h5") / 512;
  std::vector<std::string> words = run_words(file);
  words.emplace_back("--resume");
  std::uint64_t progress = 0;
  for (const double share : {0.02, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95}) {
    const auto limit = static_cast<std::uintmax_t>(share * static_cast<double>(blocks));
    const Outcome outcome = shakefield(words, 1, "ulimit -f " + std::to_string(limit));
    EXPECT_EQ(outcome.status, 4) << outcome.err;
    EXPECT_THAT(outcome.err, testing::HasSubstr("make room"));
    const std::optional<State> state = state_of(file);
    EXPECT_GE(state ? state->progress : 0, progress);
    progress = state ? state->progress : 0;
  }
  EXPECT_EQ(shakefield(words).status, 0);
  EXPECT_EQ(digest(file), expected_);
}

TEST_P(StopTest, SignalsStopARunThatCanBeResumed) {
  make_expected();
  for (const int ranks : {1, 3})
    for (const int signal : {SIGUSR1, SIGTERM, SIGINT}) {
      if (ranks > 1 && signal == SIGINT) continue;  // mpirun takes seconds to end
      SCOPED_TRACE("signal " + std::to_string(signal) + ", ranks " + std::to_string(ranks));
      const fs::path file = folder_ / "out.h5";
      const fs::path journal = file.string() + ".journal";
      std::vector<std::string> words = run_words(file);
      int status = 0;
      {
        RunningCommand command(command_line(words, ranks), file.string());
        command.wait_for(journal, std::chrono::seconds(60));
        command.signal_rank(1, signal);  // one rank that hears it is enough
        status = command.wait(std::chrono::seconds(60));
      }
      // It may have come to its end before.
      EXPECT_THAT(status, testing::AnyOf(6, 0));
      const std::optional<State> state = state_of(file);
      ASSERT_TRUE(state);
      EXPECT_EQ(state->is_complete, status == 0);
      words.emplace_back("--resume");
      EXPECT_EQ(shakefield(words, 2).status, 0);
      EXPECT_EQ(digest(file), expected_);
      fs::remove(file);
    }
}

INSTANTIATE_TEST_SUITE_P(Jobs, RestartTest, testing::ValuesIn(jobs),
                         [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(Jobs, StopTest, testing::Values(jobs.at(0), jobs.at(5), jobs.at(6)),
                         [](const auto& param) { return std::string(param.param.name); });

/// One job is enough for what needs no kill.
class ResumeTest : public testing::Test {
 protected:
  Outcome run(const std::vector<std::string>& more) const {
    std::vector<std::string> words{"run", "event_based.ini", "-o", "out.h5"};
    words.insert(words.end(), more.begin(), more.end());
    return bad_input::run_command(command_line(words, 1), {.folder = folder_.path()});
  }
  /// A run that stopped half way, for want of room.
  void stop_half_way() const {
    const Outcome outcome =
        bad_input::run_command(command_line({"run", "event_based.ini", "-q", "-o", "out.h5", "-p",
                                             "batch_mib=0.001", "--commit-interval", "0"},
                                            1, "ulimit -f 1500"),
                               {.folder = folder_.path()});
    ASSERT_EQ(outcome.status, 4) << outcome.err;
  }
  void expect_refused(const std::vector<std::string>& more, const std::string& what) const {
    const Outcome outcome = run(more);
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_THAT(outcome.err, testing::HasSubstr(what));
  }

  bad_input::JobFolder folder_;
};

TEST_F(ResumeTest, BeginsWhereThereIsNothingToGoOnWith) {
  const Outcome outcome = run({"--resume"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.err, testing::HasSubstr("starts from the beginning"));
}

TEST_F(ResumeTest, LeavesACompleteFileAlone) {
  EXPECT_EQ(run({"-q"}).status, 0);
  const auto time = fs::last_write_time(folder_.path() / "out.h5");
  const Outcome outcome = run({"--resume"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, testing::HasSubstr("out.h5 is complete, nothing is left to do"));
  EXPECT_EQ(fs::last_write_time(folder_.path() / "out.h5"), time);
}

TEST_F(ResumeTest, ExcludesOverwriting) {
  expect_refused({"--resume", "--overwrite"}, "excludes");
}

TEST_F(ResumeTest, IsSuggestedForARunThatStopped) {
  stop_half_way();
  expect_refused({}, "give --resume to go on with it, --overwrite or another name");
}

TEST_F(ResumeTest, NamesTheParametersThatDiffer) {
  stop_half_way();
  expect_refused({"--resume", "-p", "ses_seed=8", "-p", "maximum_distance=150"},
                 "ses_seed was 7, is 8");
}

TEST_F(ResumeTest, NamesTheInputsThatChanged) {
  stop_half_way();
  folder_.apply({"site_model.csv", "10.0,45.0,400", "10.0,45.0,401"});
  expect_refused({"--resume"}, "(site_model.csv has changed)");
}

TEST_F(ResumeTest, TakesAnotherDescriptionOfNoNumber) {
  stop_half_way();
  folder_.apply({"event_based.ini", "[general]", "# a remark\n[general]"});
  const Outcome outcome = run({"--resume", "-p", "batch_mib=1", "-p", "tile_size=16"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST_F(ResumeTest, LeavesFilesOfOthersAlone) {
  std::ofstream(folder_.path() / "out.h5") << "notes";
  EXPECT_EQ(run({"--resume"}).status, 2);
  std::ifstream stream(folder_.path() / "out.h5");
  std::string text;
  stream >> text;
  EXPECT_EQ(text, "notes");
}

}  // namespace
}  // namespace restart
