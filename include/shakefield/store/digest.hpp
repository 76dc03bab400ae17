// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "shakefield/store/file.hpp"

namespace shakefield::store {

/// 32 hexadecimal digits of a dataset's values: its bytes in row order, without shape, type and
/// attributes, so they do not depend on chunks or compression. Holds 8 MiB (or one row of the first
/// axis) at a time. Local; throws Error{io} if there is no such dataset.
std::string digest_of(const File& file, std::string_view path);

}  // namespace shakefield::store
