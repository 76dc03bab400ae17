// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "shakefield/comm/communicator.hpp"
#include "shakefield/core/array.hpp"
#include "shakefield/store/file.hpp"

/// Tables of rows that ranks hold, some of them at a time: nobody ever has all. `file` is null on
/// all ranks but root. All functions are collective, and throw the same error on all ranks.
namespace shakefield::calc {

/// Rows of all ranks that root should take at a time.
inline constexpr std::size_t rank_rows_bytes = std::size_t{16} << 20;

/// Appends the rows that a rank has of items [first, last).
using AppendRows =
    std::function<void(std::size_t first, std::size_t last, std::vector<std::byte>& rows)>;

/// Writes the rows of `num_items` items (as many on all ranks) into the table at `path`, in place
/// of what is there, `block_items` at a time; of a block those of lower ranks come first.
void write_rank_rows(const comm::Communicator& comm, store::File* file, const std::string& path,
                     const core::RowType& row, std::size_t num_items, std::size_t block_items,
                     const AppendRows& append);

/// Calls take(row) on every rank for all rows of the table, in order.
void read_rank_rows(const comm::Communicator& comm, const store::File* file,
                    const std::string& path, std::size_t row_bytes,
                    const std::function<void(std::span<const std::byte> row)>& take);

}  // namespace shakefield::calc
