// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "mpi_call.hpp"
#include "shakefield/comm/communicator.hpp"

namespace shakefield::comm {

Environment::Environment(int& argc, char**& argv) {
  // Without mpirun OpenMPI would start a daemon for processes that this program never spawns.
  setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
  int provided = 0;
  check(MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
  core::validate(provided >= MPI_THREAD_FUNNELED, core::ErrorKind::mpi,
                 "this MPI library does not allow threads beside the main one (it gives less than "
                 "MPI_THREAD_FUNNELED), use another build of it");
}

Environment::~Environment() {
  MPI_Finalize();
}

void Environment::abort(int status) {
  MPI_Abort(MPI_COMM_WORLD, status);
  std::abort();
}

}  // namespace shakefield::comm
