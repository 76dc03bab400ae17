// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "shakefield/store/codec.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::store {

/// How a dataset lies in the file.
struct Packing {
  std::vector<Filter> filters;     ///< in the order in which HDF5 applied them; empty: as it is
  std::uint64_t stored_bytes = 0;  ///< of its values, packed
};

/// Local; throws Error{io} if there is no such dataset.
Packing packing_of(const File& file, std::string_view path);

/// Copies everything, attributes included, into an empty file; packed tables are packed with
/// another codec. Holds 8 MiB of rows at a time. Local; throws Error{io}.
void copy_repacked(const File& from, File& to, const CodecChoice& codec);

}  // namespace shakefield::store
