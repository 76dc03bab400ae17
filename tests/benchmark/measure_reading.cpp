// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads a job on all ranks and says of each one how long that took, what it read from files, and
// the most memory that it took:  mpirun -n 4 measure_reading JOB [key=value ...]
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "shakefield/job/job.hpp"

namespace shakefield {
namespace {

/// Bytes that this process asked the system for by read() so far.
double bytes_read() {
  std::ifstream file("/proc/self/io");
  std::string name;
  double bytes = 0;
  while (file >> name >> bytes)
    if (name == "rchar:") return bytes;
  return 0;
}

rusage usage_so_far() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage;
}

double cpu_seconds() {
  const rusage usage = usage_so_far();
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_mib() {
  return static_cast<double>(usage_so_far().ru_maxrss) / 1024;
}

int measure(int argc, char** argv) {
  const comm::Communicator comm = comm::Communicator::world();
  job::Overrides overrides;
  for (int i = 2; i < argc; ++i) {
    const std::string text = argv[i];
    overrides.emplace_back(text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
  }
  comm::barrier(comm);
  const double read_before = bytes_read(), cpu_before = cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  const job::Job job = job::read_job(comm, argv[1], overrides);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double cpu = cpu_seconds() - cpu_before;
  const auto all_seconds = comm::all_gather(comm, seconds), all_cpu = comm::all_gather(comm, cpu),
             read = comm::all_gather(comm, bytes_read() - read_before),
             peak = comm::all_gather(comm, peak_mib());
  if (!comm.is_root()) return 0;
  std::size_t sources = 0;
  for (const job::SourceModel& model : job.source_models) sources += model.sources.size();
  std::printf("%s: %zu sources, %zu sites\nrank  seconds  CPU seconds  MiB read  peak MiB\n",
              argv[1], sources, job.sites.size());
  for (std::size_t r = 0; r < read.size(); ++r)
    std::printf("%4zu  %7.2f  %11.2f  %8.1f  %8.0f\n", r, all_seconds[r], all_cpu[r],
                read[r] / 1048576, peak[r]);
  return 0;
}

}  // namespace
}  // namespace shakefield

int main(int argc, char** argv) {
  const shakefield::comm::Environment environment(argc, argv);
  if (argc < 2) return 2;
  try {
    return shakefield::measure(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
