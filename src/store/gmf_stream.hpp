// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "row_merger.hpp"
#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/store/gmf_sink.hpp"

// What ranks and root say to each other about ground-motion fields. For each batch a rank sends a
// BatchHead, its rows of each event (u32), its rows. Root merges batch k - 1 in its own write(k)
// and answers that call with a BatchState (so the first answer is about no batch yet); a rank reads
// the answer to root's write(k) in its own write(k + 1). So two batches of a rank may be under way,
// all ranks hear of a failure in the same call, and every rank that sent n batches gets n + 1
// answers, whatever fails.
namespace shakefield::store {

inline constexpr int rows_tag = 101;
inline constexpr int answers_tag = 102;
inline constexpr std::uint64_t batches_under_way = 2;

struct BatchHead {
  std::uint64_t failed = 0;  ///< 1: the rank has failed; the batch is empty, as all that follow
  std::uint64_t events = 0;
  std::uint64_t rows = 0;
  std::uint64_t row_bytes = 0;  ///< 0 if there are no rows
};

enum class BatchState : std::uint64_t { taken, abandoned };

/// Size of the messages: 1 MiB; less on many ranks, since root has two buffers for each.
inline std::size_t block_bytes(const comm::Communicator& comm) {
  constexpr std::size_t all_buffers = std::size_t{256} << 20;
  return std::clamp(all_buffers / (2 * static_cast<std::size_t>(comm.size())),
                    std::size_t{64} << 10, std::size_t{1} << 20);
}
inline constexpr std::size_t blocks_per_rank = 2;

/// The head of a batch. Throws Error{internal} if counts and rows do not fit together.
BatchHead head_of(const GmfBatch& batch);

/// What root does with the merged rows.
class GmfTable : public RowTarget {
 public:
  /// Bytes of its rows; 0 if it takes any.
  virtual std::size_t row_bytes() const = 0;
  /// Rows of each event of a batch, all ranks together.
  virtual void end_batch(std::span<const std::uint64_t> rows_per_event) = 0;
  /// Rows so far.
  virtual std::uint64_t size() const = 0;
  virtual void checkpoint() = 0;
  virtual void finish() = 0;
  virtual double seconds_writing() const = 0;
};

std::unique_ptr<GmfSink> make_root_sink(const comm::Communicator& comm,
                                        std::unique_ptr<GmfTable> table);
std::unique_ptr<GmfSink> make_sender_sink(const comm::Communicator& comm);

/// For calls behind the end of a sink.
[[noreturn]] inline void fail_ended() {
  throw core::Error(core::ErrorKind::internal,
                    "a sink of ground-motion fields was used after its end (finish() or an error), "
                    "make a new one");
}

}  // namespace shakefield::store
