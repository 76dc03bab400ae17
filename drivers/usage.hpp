// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace shakefield::drivers {

/// What is wrong with a command line that was not understood: "problem (why), suggestion".
std::string usage_problem(const CLI::App& app, const CLI::ParseError& error);

}  // namespace shakefield::drivers
