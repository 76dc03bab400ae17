// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "shakefield/rupture/equivalent_point.hpp"

namespace shakefield::job {

/// Reads a table of equivalent distances: an HDF5 file with the group `default` of `repi` [D], km,
/// `mags` [M] and `reqv` [D, M], km. Throws Error{data} with the place in the file.
std::shared_ptr<const rupture::EquivalentDistances> read_equivalent_distances(
    const std::string& bytes, const std::filesystem::path& path);

}  // namespace shakefield::job
