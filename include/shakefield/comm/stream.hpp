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

// Tags tell streams of one communicator apart: 0 to 31999, both ends the same. A tag is free again
// when both ends are gone and the ranks have met since (barrier or agree): a receiver that is still
// there would take what belongs to the next one.

/// Sending end of a stream of byte blocks to root, on the other ranks. The pool of buffers is
/// fixed: when all are on their way, acquire() waits for one to come back, so memory is bounded and
/// a slow writer slows the senders.
class BlockSender {
 public:
  /// `tag` tells streams apart; `blocks` buffers of `block_bytes` each. Collective with
  /// BlockReceiver.
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

/// Sends memory of the caller to root in blocks, without copying it; a BlockReceiver with the same
/// block size takes them. Not on root.
class SpanSender {
 public:
  SpanSender(Communicator comm, int tag, std::size_t block_bytes);
  /// Gives up what root has not taken yet; the memory may go away.
  ~SpanSender();
  SpanSender(const SpanSender&) = delete;
  SpanSender& operator=(const SpanSender&) = delete;

  /// Starts sending all bytes, without waiting; they must stay as they are until wait() of the
  /// ticket. Nothing is sent for an empty span.
  std::uint64_t send(std::span<const std::byte> bytes);
  /// Waits until root has received everything up to this ticket.
  void wait(std::uint64_t ticket);
  double seconds_waited() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Receiving end on root: blocks of one rank arrive in the order in which they were sent.
class BlockReceiver {
 public:
  /// Keeps `posted` receives open for each of the sending ranks (all but root, if none are named).
  BlockReceiver(Communicator comm, int tag, std::size_t block_bytes, std::size_t posted,
                std::vector<int> senders = {});
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

/// Numbers from root to single other ranks, in order: answers, credits, states.
class Notices {
 public:
  Notices(Communicator comm, int tag);
  ~Notices();
  Notices(const Notices&) = delete;
  Notices& operator=(const Notices&) = delete;

  /// Root: sends a number to another rank, without waiting.
  void post(int rank, std::uint64_t value);
  /// Other ranks: the next number from root; waits for it.
  std::uint64_t next();
  double seconds_waited() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::comm
