// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shakefield/store/file.hpp"

namespace shakefield::store {

/// Reads a whole dataset of texts of fixed or variable length: other programs write the latter,
/// which an Array cannot hold. Throws Error{data} if it holds something else.
std::vector<std::string> read_texts(const File& file, std::string_view path);

}  // namespace shakefield::store
