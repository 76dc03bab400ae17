// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/codec.hpp"

#include <fmt/format.h>
#include <hdf5.h>
#include <libdeflate.h>
#include <zstd.h>

#include <algorithm>
#include <type_traits>

#include "shakefield/core/error.hpp"
#include "with_row_bytes.hpp"

namespace shakefield::store {
namespace {

using core::ErrorKind;

class PlainCodec final : public Codec {
 public:
  std::vector<Filter> filters() const override { return {}; }
  std::span<const std::byte> pack(std::span<const std::byte> chunk) override { return chunk; }
};

/// HDF5's filter 2: all first bytes of the rows, then all second bytes, and so on. In blocks of
/// rows that stay in the cache while their bytes are dealt out.
template <class RowBytes>
void shuffle(RowBytes row_bytes, std::span<const std::byte> from, std::byte* to) {
  constexpr std::size_t block = 64;
  const std::size_t rows = from.size() / row_bytes;
  for (std::size_t first = 0; first < rows; first += block) {
    const std::size_t count = std::min(block, rows - first);
    const std::byte* const source = from.data() + first * row_bytes;
    for (std::size_t byte = 0; byte < row_bytes; ++byte) {
      std::byte* const target = to + byte * rows + first;
      for (std::size_t i = 0; i < count; ++i) target[i] = source[i * row_bytes + byte];
    }
  }
}

/// Shuffles, then leaves the rest to `squeeze`.
class ShuffledCodec : public Codec {
 public:
  explicit ShuffledCodec(std::size_t row_bytes) : row_bytes_(row_bytes) {}

  std::span<const std::byte> pack(std::span<const std::byte> chunk) final {
    shuffled_.resize(chunk.size());
    packed_.resize(largest_packed_bytes(chunk.size()));
    with_row_bytes(row_bytes_,
                   [&](auto row_bytes) { shuffle(row_bytes, chunk, shuffled_.data()); });
    return std::span(packed_).first(squeeze(shuffled_, packed_));
  }

 protected:
  /// Bytes put into `to`.
  virtual std::size_t squeeze(std::span<const std::byte> from, std::span<std::byte> to) = 0;
  Filter shuffle_filter() const {
    return {H5Z_FILTER_SHUFFLE, {static_cast<unsigned>(row_bytes_)}};
  }

 private:
  std::size_t row_bytes_;
  std::vector<std::byte> shuffled_, packed_;
};

[[noreturn]] void fail_packing(const char* reason) {
  throw core::Error(ErrorKind::internal,
                    fmt::format("cannot compress rows ({}), choose another gmf_codec", reason));
}

class DeflateCodec final : public ShuffledCodec {
 public:
  DeflateCodec(int level, std::size_t row_bytes)
      : ShuffledCodec(row_bytes), level_(level), compressor_(libdeflate_alloc_compressor(level)) {
    if (!compressor_) fail_packing("libdeflate has no memory");
  }
  ~DeflateCodec() override { libdeflate_free_compressor(compressor_); }
  DeflateCodec(const DeflateCodec&) = delete;
  DeflateCodec& operator=(const DeflateCodec&) = delete;

  /// zlib knows levels up to 9; readers do not need it.
  std::vector<Filter> filters() const override {
    return {shuffle_filter(), {H5Z_FILTER_DEFLATE, {static_cast<unsigned>(std::min(level_, 9))}}};
  }

 private:
  std::size_t squeeze(std::span<const std::byte> from, std::span<std::byte> to) override {
    const std::size_t bytes =
        libdeflate_zlib_compress(compressor_, from.data(), from.size(), to.data(), to.size());
    if (bytes == 0) fail_packing("libdeflate found no room");
    return bytes;
  }

  int level_;
  libdeflate_compressor* compressor_;
};

class ZstdCodec final : public ShuffledCodec {
 public:
  ZstdCodec(int level, std::size_t row_bytes)
      : ShuffledCodec(row_bytes), level_(level), context_(ZSTD_createCCtx()) {
    if (!context_) fail_packing("zstd has no memory");
    ZSTD_CCtx_setParameter(context_, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context_, ZSTD_c_checksumFlag, 1);  // deflate has one, too
  }
  ~ZstdCodec() override { ZSTD_freeCCtx(context_); }
  ZstdCodec(const ZstdCodec&) = delete;
  ZstdCodec& operator=(const ZstdCodec&) = delete;

  std::vector<Filter> filters() const override {
    return {shuffle_filter(), {zstd_filter_id, {static_cast<unsigned>(level_)}}};
  }

 private:
  std::size_t squeeze(std::span<const std::byte> from, std::span<std::byte> to) override {
    const std::size_t bytes =
        ZSTD_compress2(context_, to.data(), to.size(), from.data(), from.size());
    if (ZSTD_isError(bytes)) fail_packing(ZSTD_getErrorName(bytes));
    return bytes;
  }

  int level_;
  ZSTD_CCtx* context_;
};

void expect_level(const char* codec, int level, int lowest, int highest) {
  core::validate(level >= lowest && level <= highest, ErrorKind::config,
                 fmt::format("the level of {} is {} ({} to {} are possible), choose another", codec,
                             level, lowest, highest));
}

}  // namespace

std::unique_ptr<Codec> make_codec(const CodecChoice& choice, std::size_t row_bytes) {
  switch (choice.kind) {
    case CodecKind::deflate:
      expect_level("deflate", choice.level, 1, 12);
      return std::make_unique<DeflateCodec>(choice.level, row_bytes);
    case CodecKind::zstd:
      expect_level("zstd", choice.level, -7, 19);
      return std::make_unique<ZstdCodec>(choice.level, row_bytes);
    case CodecKind::none:
      break;
  }
  return std::make_unique<PlainCodec>();
}

std::size_t largest_packed_bytes(std::size_t chunk_bytes) {
  return std::max(libdeflate_zlib_compress_bound(nullptr, chunk_bytes),
                  ZSTD_compressBound(chunk_bytes));
}

}  // namespace shakefield::store
