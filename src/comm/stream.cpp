// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/comm/stream.hpp"

#include <deque>
#include <numeric>

#include "mpi_call.hpp"

namespace shakefield::comm {
namespace {

using core::ErrorKind;

void expect_tag(int tag) {
  core::validate(tag >= 0 && tag < first_own_tag, ErrorKind::internal,
                 "the tag of a stream is out of range (0 to 31999)");
}

void expect_block(std::size_t bytes, std::size_t blocks) {
  core::validate(bytes > 0 && bytes <= piece_bytes && blocks > 0, ErrorKind::internal,
                 "a stream needs blocks of 1 byte to 1 GiB and at least one of them");
}

void expect_sender(const Communicator& comm) {
  core::validate(!comm.is_root(), ErrorKind::internal, "root does not send to itself");
}

/// Synchronous mode: complete only when root has met the message with a receive. So small blocks
/// too give a credit, instead of piling up unasked on root.
MPI_Request start_send(const Communicator& comm, int tag, std::span<const std::byte> bytes) {
  MPI_Request request;
  check(MPI_Issend(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, 0, tag,
                   comm.impl().handle, &request),
        "MPI_Issend");
  return request;
}

/// For destructors after an error: MPI forgets the request, and nothing waits for a rank that may
/// be gone.
void forget(MPI_Request& request) {
  if (request != MPI_REQUEST_NULL) MPI_Request_free(&request);
}

void cancel(MPI_Request& request) {
  if (request == MPI_REQUEST_NULL) return;
  MPI_Cancel(&request);
  MPI_Wait(&request, MPI_STATUS_IGNORE);
}

std::size_t received_bytes(const MPI_Status& status) {
  int count = 0;
  check(MPI_Get_count(&status, MPI_BYTE, &count), "MPI_Get_count");
  return static_cast<std::size_t>(count);
}

}  // namespace

struct BlockSender::Impl {
  Communicator comm;
  int tag;
  std::size_t block_bytes;
  std::vector<std::byte> memory;
  std::vector<MPI_Request> requests;  ///< one a buffer
  std::size_t current = 0;
  double waited_s = 0;

  std::span<std::byte> buffer(std::size_t i) {
    return std::span(memory).subspan(i * block_bytes, block_bytes);
  }
};

BlockSender::BlockSender(Communicator comm, int tag, std::size_t block_bytes, std::size_t blocks) {
  expect_tag(tag);
  expect_block(block_bytes, blocks);
  expect_sender(comm);
  impl_.reset(new Impl{std::move(comm), tag, block_bytes,
                       std::vector<std::byte>(block_bytes * blocks),
                       std::vector<MPI_Request>(blocks, MPI_REQUEST_NULL)});
}

BlockSender::~BlockSender() {
  for (MPI_Request& request : impl_->requests) forget(request);
}

std::span<std::byte> BlockSender::acquire() {
  const WaitClock clock(impl_->waited_s);
  wait(impl_->requests[impl_->current]);
  return impl_->buffer(impl_->current);
}

void BlockSender::send(std::size_t used) {
  Impl& s = *impl_;
  core::validate(used <= s.block_bytes, ErrorKind::internal, "more was sent than a block holds");
  s.requests[s.current] = start_send(s.comm, s.tag, s.buffer(s.current).first(used));
  s.current = (s.current + 1) % s.requests.size();
}

void BlockSender::finish() {
  const WaitClock clock(impl_->waited_s);
  wait_all(impl_->requests);
}

double BlockSender::seconds_waited() const {
  return impl_->waited_s;
}

struct SpanSender::Impl {
  Communicator comm;
  int tag;
  std::size_t block_bytes;
  std::deque<MPI_Request> requests;  ///< of blocks [completed, started)
  std::uint64_t completed = 0;
  std::uint64_t started = 0;
  double waited_s = 0;
};

SpanSender::SpanSender(Communicator comm, int tag, std::size_t block_bytes) {
  expect_tag(tag);
  expect_block(block_bytes, 1);
  expect_sender(comm);
  impl_.reset(new Impl{std::move(comm), tag, block_bytes, {}});
}

SpanSender::~SpanSender() {
  for (MPI_Request& request : impl_->requests) forget(request);
}

std::uint64_t SpanSender::send(std::span<const std::byte> bytes) {
  Impl& s = *impl_;
  while (!bytes.empty()) {
    const auto block = bytes.first(std::min(bytes.size(), s.block_bytes));
    s.requests.push_back(start_send(s.comm, s.tag, block));
    ++s.started;
    bytes = bytes.subspan(block.size());
  }
  return s.started;
}

void SpanSender::wait(std::uint64_t ticket) {
  Impl& s = *impl_;
  const WaitClock clock(s.waited_s);
  for (; s.completed < ticket; ++s.completed) {
    comm::wait(s.requests.front());
    s.requests.pop_front();
  }
}

double SpanSender::seconds_waited() const {
  return impl_->waited_s;
}

struct BlockReceiver::Impl {
  /// Buffers of one sending rank, used in turn.
  struct Lane {
    std::vector<std::byte> memory;
    std::vector<MPI_Request> requests;
    std::size_t current = 0;
    bool lent = false;  ///< the caller looks at the buffer before `current`
  };

  Communicator comm;
  int tag;
  std::size_t block_bytes;
  std::vector<Lane> lanes;  ///< by rank; empty for those that do not send
  double waited_s = 0;

  void post(int rank, std::size_t slot) {
    Lane& lane = lanes[static_cast<std::size_t>(rank)];
    check(MPI_Irecv(lane.memory.data() + slot * block_bytes, static_cast<int>(block_bytes),
                    MPI_BYTE, rank, tag, comm.impl().handle, &lane.requests[slot]),
          "MPI_Irecv");
  }
};

BlockReceiver::BlockReceiver(Communicator comm, int tag, std::size_t block_bytes,
                             std::size_t posted, std::vector<int> senders) {
  expect_tag(tag);
  expect_block(block_bytes, posted);
  core::validate(comm.is_root(), ErrorKind::internal, "only root receives a stream");
  const auto ranks = static_cast<std::size_t>(comm.size());
  impl_.reset(new Impl{std::move(comm), tag, block_bytes, std::vector<Impl::Lane>(ranks)});
  if (senders.empty()) {
    senders.resize(ranks - 1);
    std::iota(senders.begin(), senders.end(), 1);
  }
  for (const int rank : senders) {
    Impl::Lane& lane = impl_->lanes[static_cast<std::size_t>(rank)];
    lane.memory.resize(block_bytes * posted);
    lane.requests.assign(posted, MPI_REQUEST_NULL);
    for (std::size_t slot = 0; slot < posted; ++slot) impl_->post(rank, slot);
  }
}

BlockReceiver::~BlockReceiver() {
  for (Impl::Lane& lane : impl_->lanes)
    for (MPI_Request& request : lane.requests) cancel(request);
}

std::span<const std::byte> BlockReceiver::next(int rank) {
  Impl& r = *impl_;
  core::validate(
      rank > 0 && rank < r.comm.size() && !r.lanes[static_cast<std::size_t>(rank)].requests.empty(),
      ErrorKind::internal, "a stream was read from a rank that does not send");
  const WaitClock clock(r.waited_s);
  Impl::Lane& lane = r.lanes[static_cast<std::size_t>(rank)];
  const std::size_t slots = lane.requests.size();
  if (lane.lent) r.post(rank, (lane.current + slots - 1) % slots);
  const std::size_t slot = lane.current;
  const std::size_t bytes = received_bytes(wait(lane.requests[slot]));
  lane.current = (slot + 1) % slots;
  lane.lent = true;
  return std::span(lane.memory).subspan(slot * r.block_bytes, bytes);
}

double BlockReceiver::seconds_waited() const {
  return impl_->waited_s;
}

struct Notices::Impl {
  struct Sent {
    std::uint64_t value;
    MPI_Request request;
  };

  Communicator comm;
  int tag;
  std::deque<Sent> sent;  ///< root; a deque keeps the values in place while they travel
  double waited_s = 0;

  void drop_delivered() {
    while (!sent.empty()) {
      int done = 0;
      check(MPI_Test(&sent.front().request, &done, MPI_STATUS_IGNORE), "MPI_Test");
      if (!done) return;
      sent.pop_front();
    }
  }
};

Notices::Notices(Communicator comm, int tag) {
  expect_tag(tag);
  impl_.reset(new Impl{std::move(comm), tag, {}});
}

Notices::~Notices() {
  for (Impl::Sent& notice : impl_->sent) forget(notice.request);
}

void Notices::post(int rank, std::uint64_t value) {
  impl_->drop_delivered();
  Impl::Sent& notice = impl_->sent.emplace_back(Impl::Sent{value, MPI_REQUEST_NULL});
  check(MPI_Isend(&notice.value, 1, MPI_UINT64_T, rank, impl_->tag, impl_->comm.impl().handle,
                  &notice.request),
        "MPI_Isend");
}

std::uint64_t Notices::next() {
  const WaitClock clock(impl_->waited_s);
  std::uint64_t value = 0;
  MPI_Request request;
  check(MPI_Irecv(&value, 1, MPI_UINT64_T, 0, impl_->tag, impl_->comm.impl().handle, &request),
        "MPI_Irecv");
  wait(request);
  return value;
}

double Notices::seconds_waited() const {
  return impl_->waited_s;
}

}  // namespace shakefield::comm
