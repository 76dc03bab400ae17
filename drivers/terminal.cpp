// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include "shakefield/core/error.hpp"

namespace shakefield::drivers {

void expect_all_printed() {
  const bool is_flushed = std::fflush(stdout) == 0;
  core::validate(is_flushed && std::ferror(stdout) == 0, core::ErrorKind::io,
                 "cannot write to standard output (it takes no more, perhaps its disk is full), "
                 "make room or redirect it elsewhere");
}

}  // namespace shakefield::drivers
