// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {

/// Messages between any two ranks, without waiting; both ends know their sizes. Messages of one
/// rank to another under one tag arrive in the order in which they were sent. Tags are those of
/// streams.
class Exchange {
 public:
  explicit Exchange(Communicator comm);
  Exchange(Exchange&&) noexcept;
  Exchange& operator=(Exchange&&) noexcept;
  /// Gives up what is not complete; the memory may go away.
  ~Exchange();

  /// Starts sending; the bytes must stay as they are until wait(). Complete only when the other end
  /// has met it with a receive, so that nothing piles up there. Nothing is sent for an empty span.
  void send(int rank, int tag, std::span<const std::byte> bytes);
  /// Sends one byte that says nothing but that it comes, and is complete whenever the other end
  /// takes it.
  void notify(int rank, int tag);
  /// Starts receiving exactly as many bytes; they are there after wait().
  void receive(int rank, int tag, std::span<std::byte> bytes);
  /// Completes everything that was started. Throws Error{mpi} if a size was another.
  void wait();
  double seconds_waited() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::comm
