// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/digest.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "shakefield/core/hash.hpp"

namespace shakefield::store {

std::string digest_of(const File& file, std::string_view path) {
  constexpr std::size_t block_bytes = std::size_t{8} << 20;
  const std::vector<std::size_t> extent = shape(file, path);
  const std::size_t row_bytes = std::accumulate(extent.begin() + 1, extent.end(),
                                                row_type(file, path).bytes, std::multiplies<>());
  const std::size_t block_rows =
      std::max<std::size_t>(1, block_bytes / std::max<std::size_t>(row_bytes, 1));
  core::Digest digest;
  for (std::size_t first = 0; first < extent.front(); first += block_rows) {
    const core::Array block =
        read_rows(file, path, first, std::min(block_rows, extent.front() - first));
    digest.add({block.data(), block.size_bytes()});
  }
  return digest.hex();
}

}  // namespace shakefield::store
