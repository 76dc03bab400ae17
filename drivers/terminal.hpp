// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace shakefield::drivers {

/// Writes to standard output or standard error as fmt::print, but throws nothing where the stream
/// takes no more (its disk is full): what is being told may be just that.
template <class... Arguments>
void print(std::FILE* stream, fmt::format_string<Arguments...> form, Arguments&&... arguments) {
  const std::string text = fmt::format(form, std::forward<Arguments>(arguments)...);
  std::fwrite(text.data(), 1, text.size(), stream);
}

/// Throws Error{io} if standard output did not take all that was written to it.
void expect_all_printed();

}  // namespace shakefield::drivers
