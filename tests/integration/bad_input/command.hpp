// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bad_input {

/// How a command is started.
struct Start {
  std::filesystem::path folder;  ///< the working folder
  /// Without root's right to read and write everything, so that permissions hold for root, too.
  bool obeys_permissions = false;
  int timeout_s = 60;  ///< after which the command and all that it started are killed
};

/// How a command ended.
struct Outcome {
  int status = -1;  ///< exit status, 128 + the signal's number if one ended it
  bool timed_out = false;
  std::string out, err;
};

/// Runs a program to its end. Throws std::runtime_error if no process can be started; a program
/// that does not exist gives status 127.
Outcome run_command(const std::vector<std::string>& words, const Start& start);

/// The words of a text that blanks separate.
std::vector<std::string> words_of(const std::string& text);

}  // namespace bad_input
