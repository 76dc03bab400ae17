// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace shakefield::field {

/// Length of a column of n entries with its padding: whole registers of any instruction set.
constexpr std::size_t padded(std::size_t n) {
  return (n + 15) / 16 * 16;
}

}  // namespace shakefield::field
