// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// `shakefield check` on every demo of the OpenQuake engine: what becomes of each parameter, and the
// names of what is not there.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "bad_input/command.hpp"

namespace {

using bad_input::Outcome;

/// First word and second word of each line.
std::set<std::pair<std::string, std::string>> first_words(const std::string& text) {
  std::set<std::pair<std::string, std::string>> words;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream line_words(line);
    std::pair<std::string, std::string> two;
    line_words >> two.first >> two.second;
    words.insert(two);
  }
  return words;
}

/// Names of the parameters of a job.ini: lines "name = value" that do not go on with another one.
std::set<std::string> parameters_of(const std::filesystem::path& job) {
  std::set<std::string> names;
  std::ifstream file(job);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || std::string("#;[ \t\r").find(line[0]) != std::string::npos) continue;
    const auto end = line.find_first_of("=: \t");
    if (end != std::string::npos && line.find('=') != std::string::npos)
      names.insert(line.substr(0, end));
  }
  return names;
}

TEST(CheckDemosTest, TellsWhatBecomesOfEveryParameterOfEveryDemo) {
  const char* reference = std::getenv("SHAKEFIELD_REFERENCE_DIR");
  if (!reference || !*reference)
    GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set: the demos are not part of the project";
  const std::set<std::string> known = {"used",    "ignored",     "later",
                                       "default", "unsupported", "empty"};
  const std::filesystem::path demos = std::filesystem::path(reference) / "cases/openquake_demos";
  int checked = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(demos)) {
    if (entry.path().extension() != ".ini") continue;
    SCOPED_TRACE(entry.path().string());
    const Outcome outcome = bad_input::run_command(
        {std::getenv("SHAKEFIELD_BINARY"), "check", entry.path().string()}, {.folder = demos});
    ++checked;
    std::set<std::string> told;
    for (const auto& [status, name] : first_words(outcome.out))
      if (known.contains(status)) told.insert(name);
    for (const std::string& name : parameters_of(entry.path()))
      EXPECT_TRUE(told.contains(name)) << name;
    const bool is_refused = entry.path().parent_path().filename() == "MedianSpectrum";
    EXPECT_EQ(outcome.status, is_refused ? 3 : 0) << outcome.err;
    if (is_refused) {
      EXPECT_NE(outcome.err.find("postproc_func = median_spectrum.main is not offered"),
                std::string::npos)
          << outcome.err;
    }
  }
  EXPECT_EQ(checked, 20);
}

}  // namespace
