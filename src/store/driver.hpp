// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "handle.hpp"

namespace shakefield::store {

/// Outlives the file that HDF5 has open through the driver.
struct DriverState {
  bool is_closing = false;
  std::string
      failure;  ///< the first reason why something was not written while the file was closed
};

/// Files go through HDF5's own POSIX driver, with one difference: while `state.is_closing`, a write
/// that fails is noted there and reported to HDF5 as done. HDF5 (1.10.8) frees a file whose close
/// fails but keeps its identifier, and crashes on it when it tidies up in MPI_Finalize; so a close
/// must never fail.
void set_driver(hid_t access, DriverState& state, const std::string& deed);

}  // namespace shakefield::store
