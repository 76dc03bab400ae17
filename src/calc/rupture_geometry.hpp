// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "event_stream.hpp"
#include "shakefield/core/array.hpp"
#include "shakefield/rupture/surface.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// /rupture_geometry of a file: nodes of all surfaces, where those of each rupture stand, and the
/// parts of surfaces of several parts. Root only; local.
class GeometryWriter {
 public:
  GeometryWriter(store::File& file, std::size_t chunk_bytes, store::Start start,
                 const store::CodecChoice& codec);
  void add(std::span<const RuptureEvents> section);
  /// As those of store::TableWriter.
  void checkpoint();
  void finish();

 private:
  store::TableWriter points_, index_, parts_;
};

/// Bytes of one row of the index, and of one node.
struct GeometryBytes {
  std::size_t index = 0, point = 0;
};
GeometryBytes geometry_bytes();

using SurfacePtr = std::shared_ptr<const rupture::Surface>;

/// The surfaces of consecutive ruptures of a file, exactly as they were written. `ruptures`: their
/// rows of /ruptures, the first of which is row `first`. Throws Error{data} if a surface of several
/// parts has no parts in the file (versions before 1.1), or where the tables contradict each other.
std::vector<SurfacePtr> read_surfaces(const store::File& file, std::uint64_t first,
                                      const core::Array& ruptures);

}  // namespace shakefield::calc
