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

/// Packs whole chunks before they are written, on any rank: the writer only appends what comes out.
/// Not shared between threads.
class Codec {
 public:
  virtual ~Codec() = default;
  /// The filters that undo the packing, in the order in which HDF5 applies them on writing.
  virtual std::vector<Filter> filters() const = 0;
  /// One chunk, packed. Valid until the next call, and as long as `chunk`.
  virtual std::span<const std::byte> pack(std::span<const std::byte> chunk) = 0;
};

/// Leaves chunks as they are.
std::unique_ptr<Codec> make_plain_codec();

}  // namespace shakefield::store
