// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

/// Plain values as bytes: rows of tables, and messages between ranks.
namespace shakefield::calc {

/// Appends values.
template <class T>
void put_all(std::vector<std::byte>& bytes, std::span<const T> values) {
  const std::size_t at = bytes.size();
  bytes.resize(at + values.size_bytes());
  if (!values.empty()) std::memcpy(&bytes[at], values.data(), values.size_bytes());
}

/// Appends a value.
template <class T>
void put(std::vector<std::byte>& bytes, const T& value) {
  put_all(bytes, std::span(&value, 1));
}

/// Takes a value from the front of `bytes`.
template <class T>
void take(std::span<const std::byte>& bytes, T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes = bytes.subspan(sizeof value);
}

/// Appends the number of values, and the values.
template <class T>
void put_counted(std::vector<std::byte>& bytes, const std::vector<T>& values) {
  put(bytes, std::uint64_t{values.size()});
  put_all(bytes, std::span(values));
}

/// Appends what put_counted() made to `values`; returns the bytes behind it.
template <class T>
std::span<const std::byte> take_counted(std::span<const std::byte> bytes, std::vector<T>& values) {
  std::uint64_t count = 0;
  std::memcpy(&count, bytes.data(), sizeof count);
  bytes = bytes.subspan(sizeof count);
  const std::size_t old = values.size(), size = count * sizeof(T);
  values.resize(old + count);
  if (size > 0) std::memcpy(&values[old], bytes.data(), size);
  return bytes.subspan(size);
}

}  // namespace shakefield::calc
