// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "running_command.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace restart {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds pause_between_looks{5};

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return std::move(text).str();
}

/// Running processes with a word in their command line; those that have ended and wait for someone
/// to ask for their status have none.
std::vector<pid_t> processes_with(const std::string& mark) {
  std::vector<pid_t> found;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (text_of(entry.path() / "cmdline").find(mark) != std::string::npos)
      found.push_back(static_cast<pid_t>(std::stol(name)));
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

RunningCommand::RunningCommand(const std::vector<std::string>& words, std::string mark)
    : mark_(std::move(mark)) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("cannot start a process");
  if (process_ > 0) return;
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

RunningCommand::~RunningCommand() {
  if (!is_gone_) wait(std::chrono::seconds(0));
}

void RunningCommand::wait_for(const fs::path& file, std::chrono::seconds limit) const {
  const auto deadline = Clock::now() + limit;
  siginfo_t info{};
  while (!fs::exists(file) && Clock::now() < deadline) {
    ::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT);
    if (info.si_pid == process_) return;
    std::this_thread::sleep_for(pause_between_looks);
  }
}

std::vector<pid_t> RunningCommand::ranks() const {
  std::vector<pid_t> all = processes_with(mark_);
  if (all.size() > 1) std::erase(all, process_);  // that is mpirun
  return all;
}

void RunningCommand::signal_rank(std::size_t number, int signal) const {
  const std::vector<pid_t> all = ranks();
  if (!all.empty()) ::kill(all[number % all.size()], signal);
}

void RunningCommand::signal_command(int signal) const {
  ::kill(process_, signal);
}

int RunningCommand::wait(std::chrono::seconds limit) {
  const auto deadline = Clock::now() + limit;
  int state = 0;
  for (bool has_ended = false;; std::this_thread::sleep_for(pause_between_looks)) {
    has_ended = has_ended || ::waitpid(process_, &state, WNOHANG) != 0;
    const std::vector<pid_t> left = processes_with(mark_);
    if (has_ended && left.empty()) break;
    if (Clock::now() < deadline) continue;
    for (const pid_t process : left) ::kill(process, SIGKILL);
  }
  is_gone_ = true;
  return WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state);
}

}  // namespace restart
