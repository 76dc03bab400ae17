// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <functional>
#include <numeric>

#include "mpi_call.hpp"
#include "shakefield/comm/communicator.hpp"

// All collectives are nonblocking ones completed by wait(), so that a waiting rank leaves the core
// to others.
namespace shakefield::comm {
namespace {

bool is_alone(const Communicator& comm) {
  return comm.size() == 1;
}

template <class T>
MPI_Datatype type_of() {
  if constexpr (std::is_same_v<T, std::uint64_t>)
    return MPI_UINT64_T;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return MPI_INT64_T;
  else if constexpr (std::is_same_v<T, float>)
    return MPI_FLOAT;
  else
    return MPI_DOUBLE;
}

void broadcast_piecewise(const Communicator& comm, std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(bytes.size(), piece_bytes));
    MPI_Request request;
    check(MPI_Ibcast(piece.data(), static_cast<int>(piece.size()), MPI_BYTE, 0, comm.impl().handle,
                     &request),
          "MPI_Ibcast");
    wait(request);
    bytes = bytes.subspan(piece.size());
  }
}

template <class T>
T all_reduce(const Communicator& comm, T value, MPI_Op operation) {
  if (is_alone(comm)) return value;
  T result{};
  MPI_Request request;
  check(MPI_Iallreduce(&value, &result, 1, type_of<T>(), operation, comm.impl().handle, &request),
        "MPI_Iallreduce");
  wait(request);
  return result;
}

template <class T>
std::vector<T> all_gather_value(const Communicator& comm, T value) {
  if (is_alone(comm)) return {value};
  std::vector<T> values(static_cast<std::size_t>(comm.size()));
  MPI_Request request;
  check(MPI_Iallgather(&value, 1, type_of<T>(), values.data(), 1, type_of<T>(), comm.impl().handle,
                       &request),
        "MPI_Iallgather");
  wait(request);
  return values;
}

/// `start` begins the reduction of one piece.
template <class T, class Start>
void reduce_piecewise(const Communicator& comm, std::span<T> values, const char* call,
                      Start start) {
  if (is_alone(comm)) return;
  constexpr std::size_t piece_values = piece_bytes / sizeof(T);
  while (!values.empty()) {
    const auto piece = values.first(std::min(values.size(), piece_values));
    MPI_Request request;
    check(start(piece.data(), static_cast<int>(piece.size()), &request), call);
    wait(request);
    values = values.subspan(piece.size());
  }
}

/// Starts sending to root (or receiving from `peer`) in pieces.
template <class Byte, class Start>
void start_piecewise(std::span<Byte> bytes, std::vector<MPI_Request>& requests, Start start) {
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(bytes.size(), piece_bytes));
    start(piece.data(), static_cast<int>(piece.size()), &requests.emplace_back());
    bytes = bytes.subspan(piece.size());
  }
}

}  // namespace

void barrier(const Communicator& comm) {
  if (is_alone(comm)) return;
  MPI_Request request;
  check(MPI_Ibarrier(comm.impl().handle, &request), "MPI_Ibarrier");
  wait(request);
}

void broadcast(const Communicator& comm, std::uint64_t& value) {
  if (!is_alone(comm)) broadcast_piecewise(comm, std::as_writable_bytes(std::span(&value, 1)));
}

void broadcast(const Communicator& comm, std::vector<std::byte>& bytes) {
  std::uint64_t size = bytes.size();
  broadcast(comm, size);
  bytes.resize(size);
  if (!is_alone(comm)) broadcast_piecewise(comm, bytes);
}

void broadcast(const Communicator& comm, std::string& text) {
  std::uint64_t size = text.size();
  broadcast(comm, size);
  text.resize(size);
  if (!is_alone(comm)) broadcast_piecewise(comm, std::as_writable_bytes(std::span(text)));
}

double sum(const Communicator& comm, double value) {
  const std::vector<double> values = all_gather(comm, value);
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::uint64_t sum(const Communicator& comm, std::uint64_t value) {
  return all_reduce(comm, value, MPI_SUM);
}

double largest(const Communicator& comm, double value) {
  return all_reduce(comm, value, MPI_MAX);
}

std::uint64_t largest(const Communicator& comm, std::uint64_t value) {
  return all_reduce(comm, value, MPI_MAX);
}

std::vector<double> all_gather(const Communicator& comm, double value) {
  return all_gather_value(comm, value);
}

std::vector<std::uint64_t> all_gather(const Communicator& comm, std::uint64_t value) {
  return all_gather_value(comm, value);
}

std::vector<std::vector<std::byte>> gather(const Communicator& comm,
                                           std::span<const std::byte> bytes) {
  const std::vector<std::uint64_t> sizes = all_gather(comm, std::uint64_t{bytes.size()});
  std::vector<std::vector<std::byte>> gathered;
  std::vector<MPI_Request> requests;
  if (comm.is_root()) {
    for (const std::uint64_t size : sizes) gathered.emplace_back(size);
    std::copy(bytes.begin(), bytes.end(), gathered.front().begin());
    for (int peer = 1; peer < comm.size(); ++peer)
      start_piecewise(
          std::span(gathered[static_cast<std::size_t>(peer)]), requests,
          [&](std::byte* piece, int size, MPI_Request* request) {
            check(MPI_Irecv(piece, size, MPI_BYTE, peer, gather_tag, comm.impl().handle, request),
                  "MPI_Irecv");
          });
  } else {
    start_piecewise(bytes, requests, [&](const std::byte* piece, int size, MPI_Request* request) {
      check(MPI_Isend(piece, size, MPI_BYTE, 0, gather_tag, comm.impl().handle, request),
            "MPI_Isend");
    });
  }
  wait_all(requests);
  return gathered;
}

std::vector<std::vector<std::byte>> all_gather(const Communicator& comm,
                                               std::span<const std::byte> bytes) {
  const std::vector<std::uint64_t> sizes = all_gather(comm, std::uint64_t{bytes.size()});
  std::vector<std::byte> joined;
  for (const auto& part : gather(comm, bytes))
    joined.insert(joined.end(), part.begin(), part.end());
  broadcast(comm, joined);
  std::vector<std::vector<std::byte>> parts;
  auto from = joined.cbegin();
  for (const std::uint64_t size : sizes) {
    const auto to = from + static_cast<std::ptrdiff_t>(size);
    parts.emplace_back(from, to);
    from = to;
  }
  return parts;
}

void reduce_sum(const Communicator& comm, std::span<std::int64_t> values) {
  reduce_piecewise(
      comm, values, "MPI_Ireduce", [&](std::int64_t* piece, int count, MPI_Request* request) {
        const void* send = comm.is_root() ? MPI_IN_PLACE : static_cast<const void*>(piece);
        return MPI_Ireduce(send, piece, count, MPI_INT64_T, MPI_SUM, 0, comm.impl().handle,
                           request);
      });
}

void all_sum(const Communicator& comm, std::span<std::uint32_t> values) {
  reduce_piecewise(comm, values, "MPI_Iallreduce",
                   [&](std::uint32_t* piece, int count, MPI_Request* request) {
                     return MPI_Iallreduce(MPI_IN_PLACE, piece, count, MPI_UINT32_T, MPI_SUM,
                                           comm.impl().handle, request);
                   });
}

}  // namespace shakefield::comm
