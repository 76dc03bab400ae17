// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/statvfs.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

#include "grouped.hpp"
#include "shakefield/calc/plan.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::calc {
namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

std::string bytes_text(double bytes) {
  return grouped(static_cast<std::uint64_t>(std::llround(std::max(bytes, 0.0))));
}

/// A number behind a name in a file of lines "name number" or "name: number".
double number_in(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  for (std::string word; file >> word;) {
    double number = unknown;
    if ((word == name || word == name + ":") && file >> number) return number;
  }
  return unknown;
}

/// The only number of a file ("max" stands for none).
double number_of(const std::string& path) {
  double number = unknown;
  std::ifstream(path) >> number;
  return number > 0 ? number : unknown;
}

/// What the limit of this process's control group leaves (version 2), pages of files not counted:
/// batch systems set it.
double memory_of_control_group() {
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    if (!line.starts_with("0::")) continue;
    const std::string folder = fmt::format("/sys/fs/cgroup{}", std::string_view(line).substr(3));
    const double limit = number_of(folder + "/memory.max");
    if (std::isinf(limit)) return unknown;
    const double used = number_in(folder + "/memory.stat", "anon");
    return std::isinf(used) ? limit : limit - used;
  }
  return unknown;
}

std::filesystem::path folder_of(const std::filesystem::path& output) {
  return output.has_parent_path() ? output.parent_path() : std::filesystem::path(".");
}

}  // namespace

Room room_for(const std::filesystem::path& output) {
  constexpr double kib = 1024;
  Room room{unknown, unknown};
  struct statvfs disk {};
  // File systems of the kernel's own (/sys) have no blocks.
  if (statvfs(folder_of(output).c_str(), &disk) == 0 && disk.f_blocks > 0) {
    room.disk_bytes = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
    std::error_code no_file;
    const auto old_bytes = std::filesystem::file_size(output, no_file);
    if (!no_file) room.disk_bytes += static_cast<double>(old_bytes);
  }
  room.memory_bytes =
      std::min(number_in("/proc/meminfo", "MemAvailable") * kib, memory_of_control_group());
  return room;
}

void expect_room(const Plan& plan, const Room& room, const std::filesystem::path& output,
                 int ranks_on_node) {
  core::validate(
      plan.file_bytes <= room.disk_bytes, core::ErrorKind::io,
      fmt::format("{} will not fit its disk (it takes about {} bytes{}, {} are free), write to "
                  "another disk (-o), {}, or start it all the same with --force",
                  output.string(), bytes_text(plan.file_bytes),
                  plan.rows > 0 ? fmt::format(" for {} rows", bytes_text(plan.rows)) : "",
                  bytes_text(room.disk_bytes),
                  plan.rows > 0
                      ? "store less (minimum_intensity, or gmf_significant_bits = 13 with "
                        "gmf_codec = zstd)"
                      : "store fewer curves (individual_rlzs = false, fewer quantiles)"));
  const double memory = plan.more_memory_bytes * ranks_on_node;
  core::validate(
      memory <= room.memory_bytes, core::ErrorKind::config,
      fmt::format("the run will not fit the memory (about {} bytes more for {} rank{} of a node, "
                  "{} are free), use more nodes with fewer ranks each{}, or start it all the same "
                  "with --force",
                  bytes_text(memory), ranks_on_node, ranks_on_node == 1 ? "" : "s",
                  bytes_text(room.memory_bytes), plan.rows > 0 ? ", lower batch_mib" : ""));
}

void expect_room(const comm::Communicator& comm, const job::Job& job,
                 const std::filesystem::path& output) {
  const job::Mode mode = job.parameters.mode;
  const int ranks_on_node = comm.node().size();
  const bool plans_together = mode == job::Mode::event_based && job.share.has_value();
  const comm::Communicator alone;
  const comm::Communicator& planners = plans_together ? comm : alone;
  std::optional<Plan> needed;
  const auto make_plan = [&] {
    const Room room = room_for(output);
    needed = plan(job, {.output = output,
                        .ranks = comm.size(),
                        .plenty_bytes = room.disk_bytes,
                        .planners = &planners});
  };
  if (plans_together) make_plan();
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    if (!needed) make_plan();
    expect_room(*needed, room_for(output), output, ranks_on_node);
  });
}

}  // namespace shakefield::calc
