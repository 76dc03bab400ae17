// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "shakefield/job/job.hpp"
#include "source_share.hpp"

namespace shakefield::job {

/// A job of texts, and where its sources break: what a model file is made from.
struct JobWithExtents {
  Job job;
  SourceExtents extents;
};
/// Reads as read_job() does. `files` holds all texts then. Local.
JobWithExtents read_job_with_extents(const std::filesystem::path& path, InputFiles& files);

}  // namespace shakefield::job
