// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/array.hpp"
#include "shakefield/store/codec.hpp"

namespace shakefield::store {

enum class Access { read_only, read_write };

/// When what is written reaches the file.
enum class Writing {
  at_once,
  /// With commit() and close() only, each a change at once: whenever the program is killed, the
  /// file opens and is as it was at the last commit. It is locked until it is closed.
  in_commits
};

/// An HDF5 file opened by one rank (serial driver). Every failing call throws Error{io} with HDF5's
/// own reason. Local.
class File {
 public:
  /// Creates a new file. Throws Error{config} if it exists and overwrite is false, is a folder, or
  /// another run is writing it, Error{io} if it cannot be made.
  static File create(const std::filesystem::path& path, bool overwrite = false,
                     Writing writing = Writing::at_once);
  /// First brings in what a run left in the journal that was killed during a commit (or, where the
  /// file may not be written, reads as if it had). Throws Error{data} if it is missing or not an
  /// HDF5 file, Error{io} if it cannot be read or another run has it open for writing.
  static File open(const std::filesystem::path& path, Access access = Access::read_only,
                   Writing writing = Writing::at_once);
  /// Opens, for reading, an HDF5 file whose bytes are in memory: files of a job are read once, by
  /// root. `name` stands in messages. Throws Error{data} if the bytes are no HDF5 file.
  static File open_image(std::span<const std::byte> bytes, const std::filesystem::path& name);
  File(File&&) noexcept;
  File& operator=(File&&) noexcept;
  ~File();

  const std::filesystem::path& path() const;
  /// Brings everything that was written so far into the file. Throws Error{io}; nothing more
  /// reaches a file in commits then.
  void commit();
  /// Whether commits (and close) wait for the disk, as they do at first. The file then survives a
  /// loss of power, else a kill only; the first commit that waits makes up for those before it.
  void wait_for_disk(bool wait);
  /// Memory that writes take until the next commit; 0 for files written at once.
  std::size_t held_bytes() const;
  /// Closes and reports errors (the destructor cannot).
  void close();

  struct Impl;
  Impl& impl() const { return *impl_; }

 private:
  explicit File(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Whether there is no file, or one that a run began and that has no commit: nothing is lost if it
/// is written anew. Throws as File::open(). Local.
bool is_blank(const std::filesystem::path& path);

/// Writes a dataset; groups on the way are made. Members' units become the attribute "units" (plain
/// arrays: from attributes). Throws if the path exists.
void write_array(File& file, std::string_view path, const core::Array& array,
                 const core::Attributes& attributes = {});
/// Removes a dataset or group, with all that is in it, if it is there.
void remove(File& file, std::string_view path);
/// Reads a whole dataset.
core::Array read_array(const File& file, std::string_view path);
/// Rows [first, first + count) of a dataset along its first axis.
core::Array read_rows(const File& file, std::string_view path, std::uint64_t first,
                      std::uint64_t count);
/// Shape without reading.
std::vector<std::size_t> shape(const File& file, std::string_view path);
core::RowType row_type(const File& file, std::string_view path);
bool exists(const File& file, std::string_view path);
/// Names of the groups and datasets directly below a group, sorted.
std::vector<std::string> children(const File& file, std::string_view group);
bool is_group(const File& file, std::string_view path);

core::Attributes read_attributes(const File& file, std::string_view path);
/// Sets (replaces) attributes of a group or dataset ("/" is the root).
void write_attributes(File& file, std::string_view path, const core::Attributes& attributes);
/// Sets (replaces) an attribute of a group or dataset to one text of variable length. Only for
/// files in another program's layout: Python's h5py gives such a text as str, but one of fixed
/// length (all that our own files have) as bytes, and the OpenQuake engine counts on str.
void write_variable_text(File& file, std::string_view path, const std::string& name,
                         const std::string& text);

/// Whether a table begins, or goes on behind the rows that checkpoint() left in the file.
enum class Start { anew, resume };

/// A one-dimensional dataset that grows: rows are collected into whole chunks, which are written as
/// they are (H5Dwrite_chunk). Root only; local.
class TableWriter {
 public:
  /// chunk_bytes is rounded down to whole rows. With Start::resume the dataset is there already;
  /// throws Error{data} if its rows are of another type. Its attributes and chunks stay as they
  /// are.
  TableWriter(File& file, std::string_view path, const core::RowType& row,
              const core::Attributes& attributes, std::size_t chunk_bytes = std::size_t{1} << 20,
              Start start = Start::anew, const CodecChoice& codec = {});
  TableWriter(TableWriter&&) noexcept;
  ~TableWriter();
  /// Rows as bytes; a multiple of the row's size.
  void append(std::span<const std::byte> rows);
  void append(const core::Array& rows);
  std::uint64_t size() const;  ///< rows so far
  double seconds_writing() const;
  /// Writes the partial chunk, too: now the file holds all rows so far, and once it is flushed (or
  /// committed) a TableWriter with Start::resume can go on with it. The chunk stays in memory and
  /// is written again when it is full: the table ends up with the same bytes as without a
  /// checkpoint.
  void checkpoint();
  /// Writes the last, partial chunk and closes the dataset.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace shakefield::store
