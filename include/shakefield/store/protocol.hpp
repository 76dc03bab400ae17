// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include "shakefield/core/array.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::store {

/// A type takes part in the serialization protocol if its own namespace has
///   std::pair<core::Array, core::Attributes> to_hdf5(const T&);
///   T from_hdf5(const core::Array&, const core::Attributes&, std::type_identity<T>);
template <class T>
concept Storable = requires(const T& object, const core::Array& array,
                            const core::Attributes& attributes) {
  { to_hdf5(object) } -> std::same_as<std::pair<core::Array, core::Attributes>>;
  { from_hdf5(array, attributes, std::type_identity<T>{}) } -> std::same_as<T>;
};

/// Writes an object as one dataset with attributes. Local; throws Error{io}.
template <Storable T>
void write(File& file, std::string_view path, const T& object) {
  const auto [array, attributes] = to_hdf5(object);
  write_array(file, path, array, attributes);
}

/// Reads an object back. Local; throws Error{io} or Error{data}.
template <Storable T>
T read(const File& file, std::string_view path) {
  return from_hdf5(read_array(file, path), read_attributes(file, path), std::type_identity<T>{});
}

}  // namespace shakefield::store
