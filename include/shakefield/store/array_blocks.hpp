// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "shakefield/core/array.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::store {

/// Makes a dataset as write_array() does, whose rows are then written in blocks: for arrays that
/// are too large for memory. Rows that are never written hold no defined values. Throws if the path
/// exists. Root only; local.
void make_array(File& file, std::string_view path, const core::RowType& row,
                const std::vector<std::size_t>& shape, const core::Attributes& attributes = {});
/// The same for plain arrays of f32 or f64 whose rows come in any order: in chunks of whole rows
/// (about 256 KiB, or one row), and rows that are never written hold NaN. Root only; local.
void make_chunked_array(File& file, std::string_view path, const core::RowType& row,
                        const std::vector<std::size_t>& shape,
                        const core::Attributes& attributes = {});
/// Writes rows [first, first + block's first extent) along the first axis of a dataset that one of
/// these made. Throws Error{internal} if the block has another type or shape than these
/// rows. Root only; local.
void write_rows(File& file, std::string_view path, std::uint64_t first, const core::Array& block);

}  // namespace shakefield::store
