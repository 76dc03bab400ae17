// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "shakefield/core/error.hpp"

// What every program here has in common. A reader may give a result or problems that name what the
// user did wrong; a fault of the program, any other exception and a crash are findings.
namespace shakefield::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the program if a problem blames the program or says nothing.
inline void check(const std::vector<core::Problem>& problems) {
  for (const core::Problem& problem : problems) {
    if (problem.kind != core::ErrorKind::internal && !problem.message.empty()) continue;
    std::cerr << "finding: " << to_string(problem.kind) << ": " << problem.text() << '\n';
    std::abort();
  }
}

/// Runs a reader of one input.
template <class Read>
void expect_answer(const Read& read) {
  core::Problems problems;
  try {
    read(problems);
  } catch (const core::Error& e) {
    check(e.problems());
  }
  check(problems.errors());
}

}  // namespace shakefield::fuzz

/// The entry point that libFuzzer and replay_main.cpp call. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
