// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace shakefield::calc {

/// Whether commits wait for the disk, so that the file survives a loss of power, too. A run that
/// can be done again in a minute does not pay for it.
inline bool is_worth_waiting_for_disk(double run_s) {
  constexpr double from_s = 60;
  return run_s >= from_s;
}

/// When the next commit is due: after an interval, but never so soon that commits take more than 2
/// % of the time, however slow the disk is. With an interval of 0 always.
class CommitClock {
 public:
  explicit CommitClock(double interval_s) : interval_s_(interval_s) {}

  bool is_due(std::size_t held_bytes) const {
    constexpr std::size_t most_bytes = std::size_t{64} << 20;
    return held_bytes > most_bytes || seconds_left() <= 0;
  }
  double seconds_left() const {
    constexpr double largest_share = 0.02;
    if (interval_s_ <= 0) return 0;
    return std::max(interval_s_, last_took_s_ / largest_share) - seconds_since(last_);
  }
  void begin() { begin_ = Clock::now(); }
  void end() {
    last_ = Clock::now();
    last_took_s_ = std::chrono::duration<double>(last_ - begin_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static double seconds_since(Clock::time_point time) {
    return std::chrono::duration<double>(Clock::now() - time).count();
  }

  double interval_s_;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
  double last_took_s_ = 0;
};

}  // namespace shakefield::calc
