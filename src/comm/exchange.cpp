// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/exchange.hpp"

#include <vector>

#include "mpi_call.hpp"

namespace shakefield::comm {

struct Exchange::Impl {
  struct Receive {
    MPI_Request request;
    std::size_t bytes;
  };

  Communicator comm;
  std::vector<MPI_Request> sends;
  std::vector<Receive> receives;
  double waited_s = 0;

  ~Impl() {
    for (MPI_Request& request : sends)
      if (request != MPI_REQUEST_NULL) MPI_Request_free(&request);
    for (Receive& receive : receives) {
      if (receive.request == MPI_REQUEST_NULL) continue;
      MPI_Cancel(&receive.request);
      MPI_Wait(&receive.request, MPI_STATUS_IGNORE);
    }
  }
};

namespace {

/// As MPI counts them.
int message_bytes(const Communicator& comm, int rank, int tag, std::size_t bytes) {
  core::validate(rank >= 0 && rank < comm.size() && rank != comm.rank() && tag >= 0 &&
                     tag < first_own_tag && bytes <= piece_bytes,
                 core::ErrorKind::internal,
                 "an exchange needs another rank, a tag of 0 to 31999 and at most 1 GiB");
  return static_cast<int>(bytes);
}

}  // namespace

Exchange::Exchange(Communicator comm) : impl_(new Impl{std::move(comm), {}, {}}) {}
Exchange::Exchange(Exchange&&) noexcept = default;
Exchange& Exchange::operator=(Exchange&&) noexcept = default;
Exchange::~Exchange() = default;

void Exchange::send(int rank, int tag, std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  const int count = message_bytes(impl_->comm, rank, tag, bytes.size());
  check(MPI_Issend(bytes.data(), count, MPI_BYTE, rank, tag, impl_->comm.impl().handle,
                   &impl_->sends.emplace_back(MPI_REQUEST_NULL)),
        "MPI_Issend");
}

void Exchange::notify(int rank, int tag) {
  static constexpr std::byte note{};
  const int count = message_bytes(impl_->comm, rank, tag, sizeof note);
  check(MPI_Isend(&note, count, MPI_BYTE, rank, tag, impl_->comm.impl().handle,
                  &impl_->sends.emplace_back(MPI_REQUEST_NULL)),
        "MPI_Isend");
}

void Exchange::receive(int rank, int tag, std::span<std::byte> bytes) {
  if (bytes.empty()) return;
  const int count = message_bytes(impl_->comm, rank, tag, bytes.size());
  Impl::Receive& receive =
      impl_->receives.emplace_back(Impl::Receive{MPI_REQUEST_NULL, bytes.size()});
  check(MPI_Irecv(bytes.data(), count, MPI_BYTE, rank, tag, impl_->comm.impl().handle,
                  &receive.request),
        "MPI_Irecv");
}

void Exchange::wait() {
  const WaitClock clock(impl_->waited_s);
  for (Impl::Receive& receive : impl_->receives) {
    const MPI_Status status = comm::wait(receive.request);
    int count = 0;
    check(MPI_Get_count(&status, MPI_BYTE, &count), "MPI_Get_count");
    core::validate(static_cast<std::size_t>(count) == receive.bytes, core::ErrorKind::mpi,
                   "a message has another size than its receiver expects (the ranks disagree), "
                   "start all ranks with the same program and job");
  }
  wait_all(impl_->sends);
  impl_->receives.clear();
  impl_->sends.clear();
}

double Exchange::seconds_waited() const {
  return impl_->waited_s;
}

}  // namespace shakefield::comm
