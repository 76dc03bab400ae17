// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Input: the text of a job.ini.
#include "answers.hpp"
#include "parameters_of.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shakefield;
  fuzz::expect_answer([&](core::Problems& problems) {
    fuzz::read_parameters(job::read_ini(fuzz::text_of(data, size), "job.ini", problems), problems);
  });
  return 0;
}
