// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <sys/prctl.h>

#include <algorithm>
#include <cstdlib>

#include "mpi_call.hpp"
#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {

namespace {

/// Whether a launcher (mpirun, srun) started this process: each tells it so by one of these.
bool is_launched() {
  constexpr const char* told[] = {
      "OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMIX_NAMESPACE", "PMI_RANK", "PMI_SIZE", "PMI_FD",
      "SLURM_STEP_ID"};
  return std::ranges::any_of(told, [](const char* name) { return std::getenv(name) != nullptr; });
}

/// Sleeps of some microseconds, as waiting ranks take them, last no 50 longer (Linux's default).
void sleep_exactly() {
  constexpr unsigned long slack_ns = 1000;
  ::prctl(PR_SET_TIMERSLACK, slack_ns);
}

bool is_running() {
  int initialized = 0, finalized = 0;
  MPI_Initialized(&initialized);
  MPI_Finalized(&finalized);
  return initialized && !finalized;
}

}  // namespace

// A process that was started alone does without MPI: it starts faster, and OpenMPI's session
// folder, which processes that start at once may fight for, is not made.
Environment::Environment(int& argc, char**& argv) {
  if (!is_launched()) return;
  sleep_exactly();
  int provided = 0;
  check(MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
  core::validate(provided >= MPI_THREAD_FUNNELED, core::ErrorKind::mpi,
                 "this MPI library does not allow threads beside the main one (it gives less than "
                 "MPI_THREAD_FUNNELED), use another build of it");
}

Environment::~Environment() {
  if (is_running()) MPI_Finalize();
}

void Environment::abort(int status) {
  if (is_running()) MPI_Abort(MPI_COMM_WORLD, status);
  std::_Exit(status);
}

}  // namespace shakefield::comm
