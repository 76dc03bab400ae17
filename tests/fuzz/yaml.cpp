// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Input: the text of a job.yaml.
#include "answers.hpp"
#include "parameters_of.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shakefield;
  fuzz::expect_answer([&](core::Problems& problems) {
    const std::string text(fuzz::text_of(data, size));
    fuzz::read_parameters(job::read_yaml(text, "job.yaml", problems), problems);
  });
  return 0;
}
