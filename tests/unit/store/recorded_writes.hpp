// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace shakefield::store {

/// One call to the operating system that changes a file, or waits until it is on the disk.
struct FileCall {
  enum class Kind { write, resize, sync, remove } kind;
  std::string path;
  std::uint64_t at = 0;  ///< offset of a write, new size
  std::vector<std::byte> bytes;
};

/// Records the calls of this process that concern files below a folder, during the life of the
/// object; one at a time. The test's own pwrite, ftruncate … stand before those of the C library.
class RecordedWrites {
 public:
  explicit RecordedWrites(std::filesystem::path folder);
  ~RecordedWrites();
  RecordedWrites(const RecordedWrites&) = delete;
  RecordedWrites& operator=(const RecordedWrites&) = delete;

  const std::vector<FileCall>& calls() const { return calls_; }
  void add(FileCall call);

 private:
  std::string folder_;
  std::vector<FileCall> calls_;
};

}  // namespace shakefield::store
