// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {

/// A file that all ranks write together through MPI-IO. Root may have it open otherwise, too, if it
/// writes other places.
class SharedFile {
 public:
  /// Opens a file that exists. `path` is root's. Throws Error{io} on all ranks. Collective.
  SharedFile(Communicator comm, const std::filesystem::path& path);
  /// Gives the file up unless it was closed: nothing waits for a rank that may be gone.
  ~SharedFile();
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  struct Piece {
    std::uint64_t offset;  ///< in the file, bytes
    std::span<const std::byte> bytes;
  };
  /// One collective write of this rank's pieces, none or many, each at most 1 GiB and none over
  /// another; they are sorted by offset. Throws Error{io} where it fails, which may be on some
  /// ranks only. Collective.
  void write(std::vector<Piece>& pieces);
  /// Collective.
  void close();
  /// Seconds until the other ranks came to a collective call.
  double seconds_waited() const;
  /// Seconds in MPI-IO.
  double seconds_writing() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::comm
