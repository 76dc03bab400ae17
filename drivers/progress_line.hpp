// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "shakefield/core/log.hpp"

namespace shakefield::drivers {

/// Shows progress on standard error: on a terminal one line that is written over, with a bar,
/// percent and remaining time; in a log a line "progress phase=… percent=… elapsed_s=…
/// remaining_s=…" every few seconds. SHAKEFIELD_PROGRESS = bar or log
/// overrules what standard error looks like.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  void show(const core::Progress::State& state);
  /// Ends the line on a terminal so that other output starts on a fresh one.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool is_terminal_;
  bool open_ = false;
  Clock::time_point start_, last_;
  std::optional<double> first_share_;
};

}  // namespace shakefield::drivers
