// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/communicator.hpp"

#include <fmt/format.h>

#include <string_view>

#include "mpi_call.hpp"

namespace shakefield::comm {

void fail_call(int status, const char* call) {
  char text[MPI_MAX_ERROR_STRING] = {};
  int length = 0;
  MPI_Error_string(status, text, &length);
  throw core::Error(core::ErrorKind::mpi,
                    fmt::format("a message between ranks was lost ({}: {}), look whether all "
                                "machines of the run are up",
                                call, std::string_view(text, static_cast<std::size_t>(length))));
}

Communicator::Impl::Impl(MPI_Comm comm, bool own) : handle(comm), owned(own) {
  check(MPI_Comm_set_errhandler(handle, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
  check(MPI_Comm_rank(handle, &rank), "MPI_Comm_rank");
  check(MPI_Comm_size(handle, &size), "MPI_Comm_size");
}

Communicator::Impl::~Impl() {
  int finalized = 0;
  MPI_Finalized(&finalized);
  if (owned && !finalized) MPI_Comm_free(&handle);
}

Communicator::Communicator() {
  static const auto serial = std::make_shared<const Impl>();
  impl_ = serial;
}

Communicator::Communicator(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Communicator Communicator::world() {
  int initialized = 0;
  check(MPI_Initialized(&initialized), "MPI_Initialized");
  if (!initialized) return {};
  return Communicator(std::make_shared<const Impl>(MPI_COMM_WORLD, false));
}

int Communicator::rank() const {
  return impl_->rank;
}

int Communicator::size() const {
  return impl_->size;
}

Communicator Communicator::node() const {
  if (impl_->handle == MPI_COMM_NULL) return {};
  MPI_Comm node = MPI_COMM_NULL;
  check(MPI_Comm_split_type(impl_->handle, MPI_COMM_TYPE_SHARED, rank(), MPI_INFO_NULL, &node),
        "MPI_Comm_split_type");
  return Communicator(std::make_shared<const Impl>(node, true));
}

}  // namespace shakefield::comm
