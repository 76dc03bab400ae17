// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "benchmark_program.hpp"

#include <benchmark/benchmark.h>

#include <fstream>
#include <string>

#include "shakefield/core/version.hpp"

namespace shakefield {
namespace {

/// The processor as Linux names it; "unknown" elsewhere.
std::string processor() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

}  // namespace

int run_benchmarks(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const core::BuildInfo& build = core::build_info();
  benchmark::AddCustomContext("processor", processor());
  benchmark::AddCustomContext("compiler", std::string(build.compiler));
  benchmark::AddCustomContext("preset", std::string(build.preset));
  benchmark::AddCustomContext("arch", std::string(build.arch));
  benchmark::AddCustomContext("version", std::string(build.version));
  benchmark::AddCustomContext("commit", std::string(build.commit));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace shakefield
