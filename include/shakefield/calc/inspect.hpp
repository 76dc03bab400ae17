// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace shakefield::calc {

/// What a result file holds, whether it is complete and how it was made: lines of text for people.
/// Throws Error{data} if the file is missing or no result file. Local.
std::string describe(const std::filesystem::path& file);

/// Digest of what was calculated, 32 hexadecimal digits: sites, sources, realizations, ruptures
/// with their geometry, events, and the rows, index, residuals and sums of the fields, in canonical
/// order. Leaves out what depends on how the calculation was run (ranks, times, versions), so that
/// equal results have equal digests. Streams. Throws Error{data} for an incomplete file. Local.
std::string digest(const std::filesystem::path& file);

}  // namespace shakefield::calc
