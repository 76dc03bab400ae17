// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shakefield/core/array.hpp"

namespace shakefield::field {

/// Values of one event at N sites, as they are made, whether they are stored or not.
struct FieldValues {
  std::uint32_t event = 0;  ///< id
  std::uint32_t realization = 0;
  std::span<const std::uint32_t> sites;  ///< [N] ids
  std::size_t stride = 0;                ///< multiple of 16, >= N
  /// [M][stride] in the unit of the IMT: IMT m at m * stride; what stands behind N counts nothing.
  std::span<const float> values;
  /// [M][stride] their natural logarithms; of MMI, which has none, the values again.
  std::span<const float> logs;
};

/// Something that is computed from all fields of a rank while they exist. Whatever it keeps must
/// not depend on the order of the values: ranks, tiles and batches cut them in many ways. One
/// object a thread.
class Reducer {
 public:
  virtual ~Reducer() = default;
  virtual void add(const FieldValues& values) = 0;
};

/// A reducer that keeps a row of numbers for each site and realization in which there is anything
/// to keep. Rows of several objects (ranks, sessions of a run) merge to those of one that has seen
/// all values.
class SiteReducer : public Reducer {
 public:
  /// site u32, realization u32, numbers: plain bytes, for files and messages.
  virtual core::RowType row_type() const = 0;
  /// Appends the rows of one site, by realization.
  virtual void append_rows(std::uint32_t site, std::vector<std::byte>& rows) const = 0;
  /// Merges rows that append_rows() made.
  virtual void add_rows(std::span<const std::byte> rows) = 0;
};

}  // namespace shakefield::field
