// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "packed_xml.hpp"
#include "shakefield/core/array.hpp"

namespace shakefield::job {

// What stands where in a model file: docs/model-file.md.

inline constexpr std::string_view model_content = "shakefield model";
inline constexpr std::int64_t model_version_major = 1, model_version_minor = 0;
/// Sources that are read together.
inline constexpr std::size_t sources_per_chunk = 512;
/// Element that stands for the sources [first, last) of a file, in the rest of the file.
inline constexpr std::string_view stored_sources_element = "storedSources";

/// A source in the order of the file.
struct StoredSourceRow {
  std::uint32_t number;                  ///< of the source in its NRML file
  std::uint32_t shape;                   ///< number of its shape
  std::uint32_t numbers, counts, bytes;  ///< how many values of each kind are its
};
/// Rows from `row` on, to the next chunk's, with the first values of each kind.
struct StoredChunk {
  std::uint64_t row, numbers, counts, bytes;
  double x_km, y_km, z_km, radius_km;  ///< of a sphere that holds all ruptures of the sources
  std::uint64_t is_dependent;          ///< 1 if sources of it depend on others: needed with them
};

inline core::RowType row_type_of(std::type_identity<StoredSourceRow>) {
  core::RowType row;
  for (const char* name : {"number", "shape", "numbers", "counts", "bytes"})
    row.add(name, core::Scalar::u32);
  return row;
}
inline core::RowType row_type_of(std::type_identity<StoredChunk>) {
  core::RowType row;
  for (const char* name : {"row", "numbers", "counts", "bytes"}) row.add(name, core::Scalar::u64);
  for (const char* name : {"x", "y", "z", "radius"}) row.add(name, core::Scalar::f64, "km");
  return row.add("is_dependent", core::Scalar::u64);
}
inline core::RowType row_type_of(std::type_identity<Slot>) {
  core::RowType row;
  row.add("name", core::Scalar::u32).add("depth", core::Scalar::u16);
  return row.add("kind", core::Scalar::u8).add("value", core::Scalar::u8);
}

/// Rows of one of these types as a table of a file, and back. Throws Error{data} if the table has
/// other columns.
template <class Row>
core::Array to_table(std::span<const Row> rows) {
  static_assert(std::is_trivially_copyable_v<Row>);
  core::Array table(row_type_of(std::type_identity<Row>{}), {rows.size()});
  if (!rows.empty()) std::memcpy(table.data(), rows.data(), rows.size_bytes());
  return table;
}
template <class Row>
std::vector<Row> from_table(const core::Array& table) {
  core::validate(table.type() == row_type_of(std::type_identity<Row>{}), core::ErrorKind::data,
                 "a table has other columns than it should have");
  std::vector<Row> rows(table.rows());
  if (!rows.empty()) std::memcpy(rows.data(), table.data(), table.size_bytes());
  return rows;
}

}  // namespace shakefield::job
