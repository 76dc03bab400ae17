// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/array.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::store {

/// Rows that one rank made for one batch of consecutive events, sorted by (event, site). A row is
/// site u32, event u32 (u64 when needed), one f32 an IMT, without padding.
struct GmfBatch {
  std::vector<std::byte> rows;
  std::vector<std::uint32_t> rows_per_event;  ///< [E] of this rank, the batch's events in order

  void clear() {
    rows.clear();
    rows_per_event.clear();
  }
};

/// Who writes rows: root alone, or all ranks together (collective MPI-IO).
enum class GmfWriter { single, mpi_io };

/// How rows are stored; the same on all ranks.
struct GmfStorage {
  CodecChoice codec = {};
  /// Values are rounded to the nearest float with so many significant bits (7 to 24 = as they are);
  /// the relative error is at most 2^-bits. Attributes of the table say so.
  int significant_bits = 24;
  /// Sites of the job: rows of large events are merged in parts. 0: each event as a whole.
  std::uint32_t num_sites = 0;
  GmfWriter writer = GmfWriter::single;  ///< of make_gmf_writer()
  /// Bytes that the rows of one rank in a batch seldom exceed: so many lie in memory that the ranks
  /// of a node share, and need not be sent there. 0: all are sent.
  std::size_t shared_batch_bytes = 0;
};

/// So many batches of a rank are under way at once, if there are others.
inline constexpr std::size_t most_batches_under_way = 5;

/// Where ground-motion fields go. Every rank calls write() for the same batches in the same order;
/// the buffers of a batch circulate: write() takes it and gives an empty one back. Collective. When
/// root cannot write (disk full), it goes on to take chunks and drops them, so that nobody hangs;
/// all ranks throw root's error in the same later write(), or in commit() or finish(). After an
/// error a sink can only be destroyed.
class GmfSink {
 public:
  virtual ~GmfSink() = default;
  /// Hands over this rank's rows of the next batch and returns an empty batch whose memory may be
  /// reused. Waits only if all buffers of the pool are still on their way.
  virtual GmfBatch write(GmfBatch batch) = 0;
  /// Brings everything that was handed over so far into the file's datasets: takes the batches that
  /// are under way, and checkpoints the tables. Does not flush or commit the file itself. All ranks
  /// call it between the same two write()s; an error of any rank is thrown by all. Collective.
  virtual void commit() = 0;
  /// Ends the table. Returns the number of rows (on all ranks). Collective.
  virtual std::uint64_t finish() = 0;
  /// Notes that this rank has failed. It goes on to hand over batches, in step with the others;
  /// nothing of them is written, and all ranks throw the error in the same write(), the next but
  /// two at the latest, or in finish(). So no meeting is needed at every batch. Local.
  virtual void fail(std::exception_ptr error) = 0;
  /// Seconds this rank spent waiting, merging, compressing, and (root) writing.
  struct Cost {
    double wait_s = 0, merge_s = 0, pack_s = 0, write_s = 0;
  };
  virtual Cost cost() const = 0;
};

/// The single writer: ranks exchange rows so that each merges, by (event, site), and packs whole
/// chunks of the table; root appends them to /gmf_data/table, and the events to /gmf_data/index.
/// `file` is null on all ranks but root. The bytes of both datasets are the same for any number of
/// ranks, and however often commit() was called. With Start::resume root goes on behind the rows
/// and events that the last commit() left in the file, on any number of ranks; finish() then
/// returns the rows of the whole table. Throws Error{config} if the storage is not possible.
/// Collective.
std::unique_ptr<GmfSink> make_single_writer(const comm::Communicator& comm, File* file,
                                            const core::RowType& row,
                                            const core::Attributes& table_attributes,
                                            Start start = Start::anew,
                                            const GmfStorage& storage = {});
/// The writer that the storage names. With mpi_io each rank merges the rows of its chunks and all
/// write them in one collective call a batch, to places in /gmf_data/table that root's HDF5 has set
/// aside; the rows are the same, in the same order, as those of the single writer (which one rank
/// alone is). Every batch is a meeting of all ranks. Throws Error{config} for mpi_io with a codec,
/// with Start::resume, or into a file that is written in commits: a run that is killed leaves a
/// file that may not open. Collective.
std::unique_ptr<GmfSink> make_gmf_writer(const comm::Communicator& comm, File* file,
                                         const core::RowType& row,
                                         const core::Attributes& table_attributes, Start start,
                                         const GmfStorage& storage);
/// As make_single_writer(), but throws the chunks away: for benchmarks.
std::unique_ptr<GmfSink> make_null_sink(const comm::Communicator& comm, const core::RowType& row,
                                        const GmfStorage& storage = {});

/// Bytes that whole rows take in a table of their own: rounded, packed chunk by chunk. Throws
/// Error{config} if the storage is not possible. Local.
std::uint64_t packed_bytes(std::span<const std::byte> rows, const core::RowType& row,
                           const GmfStorage& storage);

}  // namespace shakefield::store
