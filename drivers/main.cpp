// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "commands.hpp"
#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/version.hpp"
#include "terminal.hpp"
#include "usage.hpp"

namespace {

using namespace shakefield;

std::string version_text() {
  const core::BuildInfo& b = core::build_info();
  return fmt::format("shakefield {} (commit {}, {}, {}, {})", b.version, b.commit, b.compiler,
                     b.preset, b.arch);
}

bool processor_suits_binary() {
#if defined(__AVX512F__)
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
#elif defined(__AVX2__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return true;
#endif
}

/// Errors on which all ranks agree are told once, by root; then every rank ends with the same
/// status.
int tell(const comm::Communicator& comm, const core::Error& error) {
  if (comm.is_root())
    for (const core::Problem& problem : error.problems())
      drivers::print(stderr, "shakefield: error: {}\n", problem.text());
  return core::exit_status(error.kind());
}

/// What only this rank knows of ends all ranks at once.
[[noreturn]] void abandon(const comm::Communicator& comm, core::ErrorKind kind,
                          const std::string& message) {
  drivers::print(stderr, "shakefield: error on rank {}: {}\n", comm.rank(), message);
  std::fflush(stderr);
  comm::Environment::abort(core::exit_status(kind));
}

int run_command(const comm::Communicator& comm, const drivers::Command& command) {
  try {
    command(comm);
    comm::agree(comm, drivers::expect_all_printed);
    return 0;
  } catch (const comm::AgreedError& error) {
    return tell(comm, error);
  } catch (const core::Error& error) {
    if (comm.size() == 1) return tell(comm, error);
    abandon(comm, error.kind(), error.what());
  } catch (const std::bad_alloc&) {
    abandon(comm, core::ErrorKind::internal,
            "out of memory (this rank asked for more than there is), use more ranks on more nodes "
            "or a smaller batch_mib");
  } catch (const std::exception& error) {
    abandon(comm, core::ErrorKind::internal, error.what());
  }
}

int start(int argc, char** argv) {
  if (!processor_suits_binary()) {
    drivers::print(
        stderr,
        "shakefield: error: this binary was built for {} (the processor lacks it), build "
        "with -DSHAKEFIELD_ARCH=x86-64-v3 (processors with AVX2) or =default (all)\n",
        core::build_info().arch);
    return 3;
  }
  // A file that may not grow further gives an error that can be told, instead of a signal that
  // ends the program.
  std::signal(SIGXFSZ, SIG_IGN);
#ifdef __GLIBC__
  // Large blocks go back to the system when they are freed. By default glibc learns to keep them,
  // and memory grows by the holes that commits leave.
  constexpr int large_bytes = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, large_bytes);
#endif
  const comm::Environment environment(argc, argv);
  const comm::Communicator world = comm::Communicator::world();

  CLI::App app("Earthquake ground-motion fields and probabilistic seismic hazard", "shakefield");
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 done, 2 wrong input, 3 not supported, 4 reading or writing failed, 5 fault "
      "of the program, 6 stopped by a signal.");
  drivers::Command command;
  drivers::add_run(app, command);
  drivers::add_plan(app, command);
  drivers::add_check(app, command);
  drivers::add_convert(app, command);
  drivers::add_export(app, command);
  drivers::add_verify(app, command);
  drivers::add_gmm(app, command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool is_help = error.get_exit_code() == 0;
    if (!is_help) return tell(world, {core::ErrorKind::config, drivers::usage_problem(app, error)});
    if (world.is_root()) app.exit(error);
    return 0;
  }
  return run_command(world, command);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return start(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "shakefield: error: %s\n", error.what());
    return core::exit_status(core::ErrorKind::internal);
  }
}
