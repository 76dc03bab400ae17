// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "progress_line.hpp"

#include "terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace shakefield::drivers {
namespace {

constexpr std::chrono::milliseconds terminal_interval{100};
constexpr std::chrono::seconds log_interval{5};

/// mpirun hands on standard error through a pipe, so that a terminal behind it cannot be seen:
/// SHAKEFIELD_PROGRESS = bar or log decides where it is set.
bool shows_bar() {
  if (const char* wish = std::getenv("SHAKEFIELD_PROGRESS")) return std::string_view(wish) == "bar";
  return ::isatty(STDERR_FILENO) == 1;
}

}  // namespace

ProgressLine::ProgressLine()
    : is_terminal_(shows_bar()),
      start_(Clock::now()),
      last_(is_terminal_ ? start_ - terminal_interval : start_) {}

ProgressLine::~ProgressLine() {
  clear();
}

void ProgressLine::show(const core::Progress::State& state) {
  const auto now = Clock::now();
  const double share = state.total > 0 ? std::clamp(state.done / state.total, 0.0, 1.0) : 0.0;
  if (!first_share_) first_share_ = share;  // a run that is gone on with has some behind it
  const bool is_end = state.done >= state.total;
  const bool is_due = is_terminal_ ? now - last_ >= terminal_interval : now - last_ >= log_interval;
  if (!is_due && !(is_end && open_)) return;
  last_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double done = share - *first_share_;
  const double remaining = done > 0 ? elapsed * (1 - share) / done : 0.0;
  if (is_terminal_) {
    constexpr int width = 30;
    const int filled = static_cast<int>(share * width);
    print(stderr, "\r{} [{:<{}}] {:3.0f} %  {:.0f} s, {:.0f} s to go \033[K", state.phase,
          std::string(filled, '#'), width, 100 * share, elapsed, remaining);
    open_ = true;
  } else {
    print(stderr, "progress phase=\"{}\" percent={:.1f} elapsed_s={:.1f} remaining_s={:.1f}\n",
          state.phase, 100 * share, elapsed, remaining);
  }
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (open_) print(stderr, "\n");
  open_ = false;
}

}  // namespace shakefield::drivers
