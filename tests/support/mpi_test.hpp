// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "shakefield/comm/communicator.hpp"

namespace shakefield {

/// All ranks of the test.
inline const comm::Communicator& world() {
  static const comm::Communicator comm = comm::Communicator::world();
  return comm;
}

}  // namespace shakefield

/// First statement of a test that needs at least `n` ranks; with fewer it is skipped, with the
/// reason.
#define SHAKEFIELD_REQUIRE_RANKS(n)                                                      \
  if (const int ranks_ = ::shakefield::comm::Communicator::world().size(); ranks_ < (n)) \
  GTEST_SKIP() << "needs at least " << (n) << " ranks, runs on " << ranks_
