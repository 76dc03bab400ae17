// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace shakefield::field {

/// Values of one event at N sites, as they are made, whether they are stored or not.
struct FieldValues {
  std::uint32_t realization = 0;
  std::span<const std::uint32_t> sites;  ///< [N] ids
  std::size_t stride = 0;                ///< multiple of 16, >= N
  /// [M][stride] in the unit of the IMT: IMT m at m * stride; what stands behind N counts nothing.
  std::span<const float> values;
};

/// Something that is computed from all fields of a rank while they exist. Whatever it keeps must
/// not depend on the order of the values: ranks, tiles and batches cut them in many ways. One
/// object a thread.
class Reducer {
 public:
  virtual ~Reducer() = default;
  virtual void add(const FieldValues& values) = 0;
};

}  // namespace shakefield::field
