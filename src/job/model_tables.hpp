// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "nrml_tree.hpp"
#include "shakefield/gmm/model.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::job {

/// Reads the HDF5 tables that arguments of models name (they end in _table or _file): paths become
/// contents, as models know no files. Paths are relative to `folder`, that of the tree or the job.
/// A table that cannot be read is a problem at the model's place.
void read_model_tables(PlacedGmmTree& trees, const std::filesystem::path& folder, InputFiles& files,
                       core::Problems& problems);

/// Root's tables come to all ranks, which have none or the same ones. Their values lie once in the
/// memory of each node, where the system allows that; else each rank has a copy. Collective.
void share_tables(const comm::Communicator& comm, ModelTables& tables);

}  // namespace shakefield::job
