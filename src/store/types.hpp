// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "handle.hpp"
#include "shakefield/core/array.hpp"

namespace shakefield::store {

/// HDF5 type of the elements of a dataset: a number, a fixed-length string, a small array of
/// numbers, or for structured rows a compound with the row's own offsets. The same in memory and in
/// the file, so HDF5 converts nothing. `deed` is for messages.
Handle make_type(const core::RowType& row, const std::string& deed);
/// Fixed-length string, padded with zeros, UTF-8; as numpy's "S".
Handle make_text_type(std::size_t length, const std::string& deed);
/// The row (without padding, units "1") that holds elements of a type found in a file. Throws
/// Error{data} for types that an Array cannot hold (variable-length, references …).
core::RowType row_of(hid_t type, const std::string& deed);

}  // namespace shakefield::store
