// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {

/// Sending end of a stream of byte blocks to root. The pool of buffers is fixed: when all are on their way,
/// acquire() waits for one to come back, so memory is bounded and a slow writer slows the senders.
class BlockSender {
 public:
  /// `tag` tells streams apart; `blocks` buffers of `block_bytes` each. Collective with BlockReceiver.
  BlockSender(Communicator comm, int tag, std::size_t block_bytes, std::size_t blocks);
  ~BlockSender();
  BlockSender(const BlockSender&) = delete;
  BlockSender& operator=(const BlockSender&) = delete;

  /// A free buffer of block_bytes; waits until there is one.
  std::span<std::byte> acquire();
  /// Sends the first `used` bytes of the acquired buffer, without waiting.
  void send(std::size_t used);
  /// Waits until everything has been received.
  void finish();
  double seconds_waited() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Receiving end on root: blocks of one rank arrive in the order in which they were sent.
class BlockReceiver {
 public:
  /// Keeps `posted` receives open for each sending rank.
  BlockReceiver(Communicator comm, int tag, std::size_t block_bytes, std::size_t posted);
  ~BlockReceiver();
  BlockReceiver(const BlockReceiver&) = delete;
  BlockReceiver& operator=(const BlockReceiver&) = delete;

  /// Next block of `rank`; waits for it. Valid until the next call for the same rank.
  std::span<const std::byte> next(int rank);
  double seconds_waited() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::comm
