// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace shakefield {

/// Body of main of a benchmark program: runs the registered benchmarks that the command line
/// (Google Benchmark's) asks for. What comes out names the machine and the build: processor,
/// compiler, preset, instruction set, commit. Returns the exit status.
int run_benchmarks(int argc, char** argv);

}  // namespace shakefield
