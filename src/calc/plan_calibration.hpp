// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "event_stream.hpp"
#include "plan_sample.hpp"
#include "shakefield/job/job.hpp"

namespace shakefield::calc {

/// Speed of the way from rows in memory to the file.
struct WritingSpeed {
  double pack_s = 0;   ///< per byte of rows
  double copy_s = 0;   ///< per byte of rows, into fresh memory
  double write_s = 0;  ///< per packed byte: into the system's memory of pages
  double disk_s = 0;   ///< per packed byte: until the disk has it
};

/// Writes the sample's rows, again and again, as a run would, into a scratch file beside the
/// output. There are rows. Throws Error{io} as a run would. Local.
WritingSpeed measure_writing(const job::Job& job, const std::filesystem::path& output,
                             const FieldSample& sample);

/// Seconds that a file takes with all that is in it before the first event. Local.
double measure_beginning(const job::Job& job, const std::filesystem::path& output);

/// What ruptures and events cost without their fields, as one rank draws and writes them.
struct DrawingCost {
  double seconds = 0;       ///< for all
  double packed_share = 1;  ///< bytes of their tables in the file by those of their rows
};
/// From a few sections. Leaves the stream somewhere. Local.
DrawingCost measure_drawing(const job::Job& job, const std::filesystem::path& output,
                            EventStream& stream);

}  // namespace shakefield::calc
