// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "zstd_filter.hpp"

#include <hdf5.h>
#include <zstd.h>

#include "shakefield/store/codec.hpp"

namespace shakefield::store {
namespace {

/// HDF5 asks for memory of its own kind. Null if there is none.
void* unpack(const void* packed, size_t bytes, size_t* unpacked_bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed, bytes);
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR) return nullptr;
  void* const to = H5allocate_memory(size, false);
  if (!to) return nullptr;
  *unpacked_bytes = ZSTD_decompress(to, size, packed, bytes);
  if (!ZSTD_isError(*unpacked_bytes)) return to;
  H5free_memory(to);
  return nullptr;
}

void* pack(const void* bytes, size_t size, int level, size_t* packed_bytes) {
  const size_t room = ZSTD_compressBound(size);
  void* const to = H5allocate_memory(room, false);
  if (!to) return nullptr;
  *packed_bytes = ZSTD_compress(to, room, bytes, size, level);
  if (!ZSTD_isError(*packed_bytes)) return to;
  H5free_memory(to);
  return nullptr;
}

/// Returns the bytes of the new buffer, 0 for a failure (then the old one stays).
size_t filter(unsigned flags, size_t num_parameters, const unsigned parameters[], size_t bytes,
              size_t* buffer_bytes, void** buffer) {
  const int level = num_parameters > 0 ? static_cast<int>(parameters[0]) : 1;
  size_t result_bytes = 0;
  void* const result = flags & H5Z_FLAG_REVERSE ? unpack(*buffer, bytes, &result_bytes)
                                                : pack(*buffer, bytes, level, &result_bytes);
  if (!result) return 0;
  H5free_memory(*buffer);
  *buffer = result;
  *buffer_bytes = result_bytes;
  return result_bytes;
}

}  // namespace

bool register_zstd_filter() {
  const H5Z_class2_t zstd{H5Z_CLASS_T_VERS,    zstd_filter_id, 1,       1,
                          "zstd (shakefield)", nullptr,        nullptr, filter};
  return H5Zregister(&zstd) >= 0;
}

}  // namespace shakefield::store
