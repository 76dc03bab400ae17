// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {

/// Memory that the ranks of a node share (a window of MPI-3): each rank has a part of its own,
/// which the others read. Where windows do not work, nobody has a part, and ranks send what they
/// have.
class NodeMemory {
 public:
  /// This rank's part has so many bytes. Collective.
  NodeMemory(Communicator comm, std::size_t bytes);
  /// Leaves the memory to the end of the process unless it was closed: nothing waits for a rank
  /// that may be gone.
  ~NodeMemory();
  NodeMemory(const NodeMemory&) = delete;
  NodeMemory& operator=(const NodeMemory&) = delete;

  /// Of this rank; empty if there is none.
  std::span<std::byte> own() const;
  /// Of a rank of this node; empty for the others.
  std::span<const std::byte> of(int rank) const;
  /// Between writing and the message that tells of it, and between that message and reading. Local.
  void synchronise() const;
  /// Brings all pages of a rank's part into this rank, so that it grows no more when it reads
  /// there. The owner fills it before. Local.
  void touch(int rank) const;
  /// Nobody uses the memory any more. Collective.
  void close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::comm
