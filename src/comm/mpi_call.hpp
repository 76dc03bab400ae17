// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>
#include <thread>

#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {

/// A null handle is the serial communicator, which makes no MPI call.
struct Communicator::Impl {
  MPI_Comm handle = MPI_COMM_NULL;
  int rank = 0;
  int size = 1;
  bool owned = false;

  Impl() = default;
  /// Asks MPI for rank and size, and for error codes instead of an abort.
  Impl(MPI_Comm handle, bool owned);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
};

/// Throws Error{mpi} that names the call and MPI's reason.
[[noreturn]] void fail_call(int status, const char* call);
inline void check(int status, const char* call) {
  if (status != MPI_SUCCESS) fail_call(status, call);
}

/// Tags of the room itself; streams have the lower ones. MPI promises tags up to 32767.
inline constexpr int first_own_tag = 32000;
inline constexpr int gather_tag = first_own_tag;

/// Largest piece of one MPI call, far below the 2^31 elements that its `int` counts can say.
inline constexpr std::size_t piece_bytes = std::size_t{1} << 30;

/// Calls `done` until it says true. A message that is nearly there is met by spinning; then the
/// rank sleeps between looks, since a spinning rank would take the core from the one that it waits
/// for. It sleeps an eighth of the time waited so far: so it comes late by an eighth at most.
template <class Done>
void poll_until(Done done) {
  using namespace std::chrono_literals;
  using Microseconds = std::chrono::duration<double, std::micro>;
  constexpr Microseconds spin = 50us, longest_pause = 200us;
  if (done()) return;
  const auto start = std::chrono::steady_clock::now();
  while (!done()) {
    const Microseconds waited = std::chrono::steady_clock::now() - start;
    if (waited < spin) {
      std::this_thread::yield();
    } else {
      std::this_thread::sleep_for(std::min(waited / 8, longest_pause));
    }
  }
}

/// Completes one request, and says what came with it.
inline MPI_Status wait(MPI_Request& request) {
  MPI_Status status;
  poll_until([&] {
    int done = 0;
    check(MPI_Test(&request, &done, &status), "MPI_Test");
    return done != 0;
  });
  return status;
}

inline void wait_all(std::span<MPI_Request> requests) {
  for (MPI_Request& request : requests) wait(request);
}

/// Adds the life time of the object to a number of seconds.
class WaitClock {
 public:
  explicit WaitClock(double& seconds) : seconds_(seconds) {}
  ~WaitClock() {
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  WaitClock(const WaitClock&) = delete;
  WaitClock& operator=(const WaitClock&) = delete;

 private:
  double& seconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace shakefield::comm
