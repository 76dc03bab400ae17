// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace restart {

/// A command that runs beside the test until it ends or is killed. `mark` is a word of its command
/// line that no other process has: by it the processes that it started are found.
class RunningCommand {
 public:
  RunningCommand(const std::vector<std::string>& words, std::string mark);
  /// Kills what is left.
  ~RunningCommand();
  RunningCommand(const RunningCommand&) = delete;
  RunningCommand& operator=(const RunningCommand&) = delete;

  /// Waits until the file exists or the command has ended, `limit` at most.
  void wait_for(const std::filesystem::path& file, std::chrono::seconds limit) const;
  /// Sends a signal to one of the ranks, or to the command itself.
  void signal_rank(std::size_t number, int signal) const;
  void signal_command(int signal) const;
  /// Waits until the command and all that it started are gone, kills them after `limit`. The exit
  /// status, 128 + the signal's number if one ended it.
  int wait(std::chrono::seconds limit);

 private:
  std::vector<pid_t> ranks() const;

  std::string mark_;
  pid_t process_;
  bool is_gone_ = false;
};

}  // namespace restart
