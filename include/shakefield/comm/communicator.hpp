// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "shakefield/core/error.hpp"

namespace shakefield::comm {

/// Starts and ends MPI; only main and the tests' main make one. Without mpirun it is one rank.
class Environment {
 public:
  Environment(int& argc, char**& argv);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  /// Ends all ranks at once with this exit status.
  [[noreturn]] static void abort(int status);
};

/// A group of ranks. A value; the default one is serial and makes no MPI call. Errors of MPI become
/// Error{mpi}.
class Communicator {
 public:
  Communicator();
  static Communicator world();

  int rank() const;
  int size() const;
  bool is_root() const { return rank() == 0; }
  /// Ranks that share this node's memory (collective).
  Communicator node() const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit Communicator(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

/// Waits for all ranks. Collective.
void barrier(const Communicator& comm);
/// Root's bytes or text on all ranks. Collective; any size.
void broadcast(const Communicator& comm, std::vector<std::byte>& bytes);
void broadcast(const Communicator& comm, std::string& text);
void broadcast(const Communicator& comm, std::uint64_t& value);
/// Sum, largest, smallest over ranks; every rank gets the result. Collective. Sums of doubles are
/// in rank order.
double sum(const Communicator& comm, double value);
std::uint64_t sum(const Communicator& comm, std::uint64_t value);
double largest(const Communicator& comm, double value);
std::uint64_t largest(const Communicator& comm, std::uint64_t value);
/// One value of each rank, on all ranks, in rank order. Collective.
std::vector<double> all_gather(const Communicator& comm, double value);
std::vector<std::uint64_t> all_gather(const Communicator& comm, std::uint64_t value);
/// Bytes of each rank (lengths may differ), in rank order; gather: on root only (empty elsewhere).
/// Collective.
std::vector<std::vector<std::byte>> gather(const Communicator& comm,
                                           std::span<const std::byte> bytes);
std::vector<std::vector<std::byte>> all_gather(const Communicator& comm,
                                               std::span<const std::byte> bytes);
/// Elementwise sum over ranks into root's values (others unchanged). Collective; exact integers.
void reduce_sum(const Communicator& comm, std::span<std::int64_t> values);
/// Elementwise sum over ranks, on all ranks. Collective; as many values on every rank.
void all_sum(const Communicator& comm, std::span<std::uint32_t> values);

/// An Error that every rank throws at the same point: the driver tells it once and ends in order.
class AgreedError final : public core::Error {
 public:
  explicit AgreedError(const core::Error& error) : core::Error(error.problems()) {}
};

/// Runs `work` on this rank, then all ranks agree: if any of them threw, all throw the error of the
/// lowest rank that did, as AgreedError. Collective; use it for every phase that may fail on one
/// rank only.
void agree(const Communicator& comm, const std::function<void()>& work);

}  // namespace shakefield::comm
