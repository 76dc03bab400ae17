// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "shakefield/gmm/model.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::job {

/// Reads the HDF5 tables that arguments of a model name (they end in _table or _file): paths,
/// relative to `folder`, become contents, as models know no files. Local. Throws Error{data} if a
/// file is missing or unreadable.
void read_model_tables(gmm::ModelSpec& model, const std::filesystem::path& folder,
                       InputFiles& files);

}  // namespace shakefield::job
