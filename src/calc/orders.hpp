// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>

#include "shakefield/comm/stream.hpp"

namespace shakefield::calc {

/// What root wants all ranks to do behind a batch.
enum class Order : std::uint64_t { go_on, commit, stop };

/// So many batches behind the others a rank may be before somebody waits for it.
inline constexpr std::size_t batches_behind = 4;

/// Root's orders travel batches behind, as the sink's answers do, so that nobody waits for root
/// longer than for these.
class Orders {
 public:
  explicit Orders(const comm::Communicator& comm) : comm_(comm), notices_(comm, tag) {}

  /// Called by all ranks at the same batch; root's order of `batches_behind` batches before. Only
  /// what root gives counts, and it gives none while another is under way.
  Order exchange(Order given) {
    if (std::ranges::count(under_way_, Order::go_on) != std::ssize(under_way_))
      given = Order::go_on;
    for (int rank = 1; comm_.is_root() && rank < comm_.size(); ++rank)
      notices_.post(rank, static_cast<std::uint64_t>(given));
    under_way_.push_back(given);
    return under_way_.size() > batches_behind ? next() : Order::go_on;
  }
  /// Takes the last orders, which nobody follows.
  void settle() {
    while (!under_way_.empty()) next();
  }
  double seconds_waited() const { return notices_.seconds_waited(); }

 private:
  static constexpr int tag = 201;

  Order next() {
    const Order own = under_way_.front();
    under_way_.pop_front();
    return comm_.is_root() ? own : static_cast<Order>(notices_.next());
  }

  comm::Communicator comm_;
  comm::Notices notices_;
  std::deque<Order> under_way_;  ///< given at this rank; only root's count
};

}  // namespace shakefield::calc
