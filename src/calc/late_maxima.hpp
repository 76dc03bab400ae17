// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "shakefield/comm/stream.hpp"

namespace shakefield::calc {

/// Brings the largest of all ranks' values to root batches later, so that no batch is a meeting.
/// The ranks push and pop the same number of times, with as many values each.
class LateMaxima {
 public:
  /// Collective.
  explicit LateMaxima(const comm::Communicator& comm);

  /// Sends the values of this rank on their way, without waiting.
  void push(std::vector<float> values);
  /// What was pushed and not popped.
  std::size_t num_under_way() const { return under_way_.size(); }
  /// The oldest values under way: on root the largest of all ranks', elsewhere those of this rank.
  std::vector<float> pop();
  /// Waits until root has taken all that was popped, and ends: nothing is pushed behind it.
  /// Collective: behind it another may be made, whose values do not meet this one's receiver.
  void settle();
  /// Seconds spent waiting for the other end.
  double seconds_waited() const;

 private:
  struct Values {
    std::vector<float> values;
    std::uint64_t ticket;  ///< of the sender
  };
  std::vector<float> pop_sent();

  comm::Communicator comm_;
  std::deque<Values> under_way_;
  std::deque<Values> leaving_;                   ///< popped, but perhaps not taken by root yet
  std::optional<comm::SpanSender> sender_;       ///< not on root
  std::optional<comm::BlockReceiver> receiver_;  ///< on root, if there are others
  double settled_wait_s_ = 0;
};

}  // namespace shakefield::calc
