// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace shakefield::calc {

/// Appends a value to a row of bytes.
template <class T>
void put(std::vector<std::byte>& row, const T& value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  row.insert(row.end(), bytes.begin(), bytes.end());
}

}  // namespace shakefield::calc
