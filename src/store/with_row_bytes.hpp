// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <type_traits>

namespace shakefield::store {

/// Calls `work` with the row's size as a compile-time constant for the usual numbers of IMTs (1 to
/// 8), so that a row's copy is a few moves; else with the number itself.
template <class Work>
void with_row_bytes(std::size_t row_bytes, Work work) {
  switch (row_bytes) {
    case 12:
      return work(std::integral_constant<std::size_t, 12>{});
    case 16:
      return work(std::integral_constant<std::size_t, 16>{});
    case 20:
      return work(std::integral_constant<std::size_t, 20>{});
    case 24:
      return work(std::integral_constant<std::size_t, 24>{});
    case 28:
      return work(std::integral_constant<std::size_t, 28>{});
    case 32:
      return work(std::integral_constant<std::size_t, 32>{});
    case 36:
      return work(std::integral_constant<std::size_t, 36>{});
    case 40:
      return work(std::integral_constant<std::size_t, 40>{});
    default:
      return work(row_bytes);
  }
}

}  // namespace shakefield::store
