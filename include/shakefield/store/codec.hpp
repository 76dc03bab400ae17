// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace shakefield::store {

/// One HDF5 filter: its registered number and the parameters that readers need.
struct Filter {
  int id = 0;
  std::vector<unsigned> parameters;
};

/// The registered number of Zstandard (HDF5's list of filters): readers need a plugin for it, for
/// example `import hdf5plugin` in Python.
inline constexpr int zstd_filter_id = 32015;

/// none: chunks as they are. deflate: bytes shuffled, then zlib's format; any HDF5 reads it. zstd:
/// bytes shuffled, then Zstandard.
enum class CodecKind { none, deflate, zstd };

/// How chunks are packed. Levels: deflate 1 to 12, zstd -7 to 19; more is smaller and slower.
struct CodecChoice {
  CodecKind kind = CodecKind::none;
  int level = 1;
};

/// Packs whole chunks before they are written, on any rank: the writer only appends what comes out.
/// Not shared between threads.
class Codec {
 public:
  virtual ~Codec() = default;
  /// The filters that undo the packing, in the order in which HDF5 applies them on writing.
  virtual std::vector<Filter> filters() const = 0;
  /// One chunk, packed. Valid until the next call, and as long as `chunk`. The same bytes on every
  /// rank. Throws Error{internal} if the library fails.
  virtual std::span<const std::byte> pack(std::span<const std::byte> chunk) = 0;
};

/// `row_bytes` is the size of the elements whose bytes are shuffled. Throws Error{config} if the
/// level is out of range.
std::unique_ptr<Codec> make_codec(const CodecChoice& choice, std::size_t row_bytes);

/// Most bytes that a packed chunk can have.
std::size_t largest_packed_bytes(std::size_t chunk_bytes);

}  // namespace shakefield::store
