// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>

#include "shakefield/comm/stream.hpp"

namespace shakefield::calc {

/// What root wants all ranks to do behind a batch.
enum class Order : std::uint64_t { go_on, commit, stop };

/// Root's orders travel a batch behind, as the sink's answers do, so that nobody waits for root
/// longer than for these.
class Orders {
 public:
  explicit Orders(const comm::Communicator& comm) : comm_(comm), notices_(comm, tag) {}

  /// Called by all ranks at the same batch; root's order of the batch before. Only what root gives
  /// counts, and it gives none while another is under way.
  Order exchange(Order given) {
    if (is_one_under_way_ && own_ != Order::go_on) given = Order::go_on;
    for (int rank = 1; comm_.is_root() && rank < comm_.size(); ++rank)
      notices_.post(rank, static_cast<std::uint64_t>(given));
    const Order before = is_one_under_way_ ? next() : Order::go_on;
    own_ = given;
    is_one_under_way_ = true;
    return before;
  }
  /// Takes the last order, which nobody follows.
  void settle() {
    if (std::exchange(is_one_under_way_, false)) next();
  }

 private:
  static constexpr int tag = 201;

  Order next() { return comm_.is_root() ? own_ : static_cast<Order>(notices_.next()); }

  comm::Communicator comm_;
  comm::Notices notices_;
  Order own_ = Order::go_on;
  bool is_one_under_way_ = false;
};

}  // namespace shakefield::calc
