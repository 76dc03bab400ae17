// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace shakefield::store {

/// Teaches HDF5, in this process, the filter of Zstandard (number 32015): its own builds have none.
/// Returns false if HDF5 refuses.
bool register_zstd_filter();

}  // namespace shakefield::store
