// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "scratch_folder.hpp"

namespace bad_input {
namespace {

using Clock = std::chrono::steady_clock;

void redirect(int descriptor, const std::filesystem::path& to) {
  const int file = ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0) ::dup2(file, descriptor);
}

/// What the new process does; only async-signal-safe calls and no return.
[[noreturn]] void become(char* const* arguments, const Start& start,
                         const std::filesystem::path& out, const std::filesystem::path& err) {
  ::setpgid(0, 0);
  redirect(STDOUT_FILENO, out);
  redirect(STDERR_FILENO, err);
  if (start.obeys_permissions) {
    // Taken from the bounding set, root's programs do not get them back; others never had them.
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
  }
  if (::chdir(start.folder.c_str()) == 0) ::execvp(arguments[0], arguments);
  ::_exit(127);
}

/// Waits until `deadline`; whether the process has ended.
bool wait_until(Clock::time_point deadline, pid_t process, int& state) {
  constexpr std::chrono::milliseconds interval{5};
  while (::waitpid(process, &state, WNOHANG) == 0) {
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(interval);
  }
  return true;
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return std::move(text).str();
}

}  // namespace

Outcome run_command(const std::vector<std::string>& words, const Start& start) {
  const ScratchFolder streams;
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const auto out = streams / "out", err = streams / "err";

  const pid_t process = ::fork();
  if (process < 0) throw std::runtime_error("cannot start a process");
  if (process == 0) become(arguments.data(), start, out, err);

  Outcome outcome;
  int state = 0;
  outcome.timed_out =
      !wait_until(Clock::now() + std::chrono::seconds(start.timeout_s), process, state);
  if (outcome.timed_out) {
    // mpirun ends its ranks when it is asked to; what is deaf is killed.
    constexpr std::chrono::seconds grace{5};
    ::kill(-process, SIGTERM);
    if (!wait_until(Clock::now() + grace, process, state)) {
      ::kill(-process, SIGKILL);
      ::waitpid(process, &state, 0);
    }
  }
  outcome.status = WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state);
  outcome.out = text_of(out);
  outcome.err = text_of(err);
  return outcome;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace bad_input
