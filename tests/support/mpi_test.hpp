// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "shakefield/comm/communicator.hpp"

/// First statement of a test that needs at least `n` ranks; with fewer it is skipped, with the
/// reason.
#define SHAKEFIELD_REQUIRE_RANKS(n)                                                      \
  if (const int ranks_ = ::shakefield::comm::Communicator::world().size(); ranks_ < (n)) \
  GTEST_SKIP() << "needs at least " << (n) << " ranks, runs on " << ranks_
