// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <string>

#include "handle.hpp"
#include "held_writes.hpp"

namespace shakefield::store {

/// What the driver keeps for one file. Outlives the file that HDF5 has open through it.
struct DriverState {
  bool is_flushing = false;  ///< HDF5 is told to write all that it keeps, or to close the file
  std::string failure;       ///< the first reason why something was not written

  std::filesystem::path path;
  H5FD_t* posix = nullptr;  ///< while HDF5 has the file open
  bool in_commits = false;
  bool waits_for_disk = true;
  bool is_given_up = false;  ///< nothing more reaches the file
  std::uint64_t committed_end = 0;
  HeldWrites held;                  ///< what reads see over the file
  std::exception_ptr commit_error;  ///< of the last commit, while the file was closed
};

/// Files go through HDF5's own POSIX driver, with one difference: where a write fails, the reason
/// is noted, and HDF5 hears of it only if it was about values and HDF5 was not flushing. It
/// (1.10.8) cannot close a file any more once it could not write what it keeps about its own
/// structures, frees a file whose close fails but keeps its identifier, and crashes on it when it
/// tidies up in MPI_Finalize. So the noted failure must be looked for behind a flush and a close.
void set_driver(hid_t access, DriverState& state, const std::string& deed);

// A file that changes in commits only: what is written behind the end of the last commit goes to
// the file at once, all else is held back in memory. So whatever HDF5 does with space that the last
// commit uses, or frees and uses again, the file stays as it was then.

/// Before a file is created: it has no commit yet. The first bytes, by which HDF5 knows its files,
/// are held back.
void hold_back_new(DriverState& state);
/// Before a file is opened; behind that find_committed_end() tells how far its content goes.
void hold_back_all(DriverState& state);
void find_committed_end(DriverState& state);

/// Makes what HDF5 has written so far (flush it before) the state of the file. After an error
/// nothing more reaches the file. Throws Error{io}.
void commit(DriverState& state, const std::string& deed);

/// Has the disk set these bytes of the open file aside, where it can: that it is full is told here
/// and not by whoever writes them. Throws Error{io}.
void reserve_on_disk(const DriverState& state, std::uint64_t offset, std::uint64_t bytes,
                     const std::string& deed);

}  // namespace shakefield::store
