// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::calc {

/// Version of the file format: [major, minor]; a reader refuses another major.
inline constexpr std::int64_t format_major = 1;
inline constexpr std::int64_t format_minor = 1;

/// Root attributes of a new file, with complete = 0. Root only; local.
void write_header(store::File& file, const job::Job& job, int ranks);

/// Name of a calculation mode as job files write it.
std::string mode_name(job::Mode mode);

/// Years of all realizations together (1 for scenarios).
double effective_time(const job::Job& job);

}  // namespace shakefield::calc
