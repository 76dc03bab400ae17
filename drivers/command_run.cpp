// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "job_options.hpp"
#include "progress_line.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/calc/run.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

struct RunArguments {
  JobArguments job;
  std::string output;
  std::string export_dir;
  std::string exports;
  bool overwrite = false;
  bool quiet = false;
};

/// The file name of the job with the ending .h5, in the current folder.
std::filesystem::path output_path(const RunArguments& arguments) {
  if (!arguments.output.empty()) return arguments.output;
  return std::filesystem::path(arguments.job.path).stem().string() + ".h5";
}

void tell_summary(const calc::RunSummary& s, const std::filesystem::path& output) {
  std::error_code ignored;
  const double mib = static_cast<double>(std::filesystem::file_size(output, ignored)) / 1048576.0;
  print(stdout, "{}: {} sites, {} ruptures, {} events, {} rows, {:.1f} MiB in {:.2f} s\n",
        output.string(), s.sites, s.ruptures, s.events, s.rows, mib, s.seconds);
}

void run(const comm::Communicator& comm, const RunArguments& arguments) {
  ProgressLine line;
  calc::RunOptions options;
  options.output = output_path(arguments);
  options.overwrite = arguments.overwrite;
  if (comm.is_root() && !arguments.quiet) {
    options.log = core::Log([&line](core::LogLevel level, std::string_view text) {
      line.clear();
      print(stderr, "shakefield: {}{}\n", level == core::LogLevel::warning ? "warning: " : "",
            text);
    });
    options.progress =
        core::Progress([&line](const core::Progress::State& state) { line.show(state); });
  }
  job::Overrides given;
  comm::agree(comm, [&] { given = overrides(arguments.job); });
  const job::Job job = job::read_job(comm, arguments.job.path, given);
  const std::string export_dir =
      arguments.export_dir.empty() ? job.parameters.export_dir : arguments.export_dir;
  comm::agree(comm, [&] {  // before hours of computing, not behind them
    if (comm.is_root() && !export_dir.empty()) calc::make_export_folder(export_dir);
  });
  const calc::RunSummary summary = calc::run(comm, job, options);
  line.clear();
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    tell_summary(summary, options.output);
    if (export_dir.empty()) return;
    calc::ExportOptions what;
    for (const std::filesystem::path& path : calc::export_results(options.output, export_dir, what))
      print(stdout, "{}\n", path.string());
  });
}

}  // namespace

void add_run(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* run_app = app.add_subcommand("run", "Compute a job and write one HDF5 file");
  add_job_options(*run_app, arguments->job);
  run_app->add_option("-o,--output", arguments->output,
                      "HDF5 file to write (default: the job's name with .h5, here)");
  run_app->add_option("--export-dir", arguments->export_dir,
                      "Folder for CSV files made at the end");
  run_app->add_option("--exports", arguments->exports, "Formats to export (default csv)")
      ->check(CLI::IsMember({"csv"}));
  run_app->add_flag("--overwrite", arguments->overwrite, "Replace the output file if it exists");
  run_app->add_flag("-q,--quiet", arguments->quiet, "No log, no progress; errors all the same");
  run_app->callback([arguments, &chosen] {
    chosen = [arguments](const comm::Communicator& comm) { run(comm, *arguments); };
  });
}

}  // namespace shakefield::drivers
