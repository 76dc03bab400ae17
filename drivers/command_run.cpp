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
#include "stop_signals.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

struct RunArguments {
  JobArguments job;
  std::string output;
  std::string export_dir;
  std::vector<std::string> exports{"csv"};
  double commit_interval_s = calc::RunOptions{}.commit_interval_s;
  bool overwrite = false;
  bool resume = false;
  bool force = false;
  bool quiet = false;
};

void tell_summary(const calc::RunSummary& s, const std::filesystem::path& output) {
  if (s.was_complete) {
    print(stdout,
          "{} is complete, nothing is left to do: {} sites, {} ruptures, {} events, {} rows\n",
          output.string(), s.sites, s.ruptures, s.events, s.rows);
    return;
  }
  std::error_code ignored;
  const double mib = static_cast<double>(std::filesystem::file_size(output, ignored)) / 1048576.0;
  print(stdout, "{}: {} sites, {} ruptures, {} events, {} rows, {:.1f} MiB in {:.2f} s\n",
        output.string(), s.sites, s.ruptures, s.events, s.rows, mib, s.seconds);
}

void run(const comm::Communicator& comm, const RunArguments& arguments) {
  ProgressLine line;
  calc::RunOptions options;
  options.output = output_path(arguments.job, arguments.output);
  options.overwrite = arguments.overwrite;
  options.resume = arguments.resume;
  options.force = arguments.force;
  options.commit_interval_s = arguments.commit_interval_s;
  options.must_stop = has_stop_signal;
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
  const job::Job job = job::read_job(comm, arguments.job.path, given, arguments.job.ruptures);
  const std::string export_dir =
      arguments.export_dir.empty() ? job.parameters.export_dir : arguments.export_dir;
  comm::agree(comm, [&] {  // before hours of computing, not behind them
    if (comm.is_root() && !export_dir.empty()) calc::make_export_folder(export_dir);
  });
  note_stop_signals();
  const calc::RunSummary summary = calc::run(comm, job, options);
  line.clear();
  comm::agree(comm, [&] {
    if (!comm.is_root()) return;
    tell_summary(summary, options.output);
    if (export_dir.empty()) return;
    for (const std::string& format : arguments.exports) {
      calc::ExportOptions what;
      if (format == "geojson") what.what = {"hmaps-geojson"};
      for (const std::filesystem::path& path :
           calc::export_results(options.output, export_dir, what))
        print(stdout, "{}\n", path.string());
    }
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
  run_app
      ->add_option("--exports", arguments->exports,
                   "Formats to export, separated by commas: csv (default), geojson (hazard maps)")
      ->delimiter(',')
      ->check(CLI::IsMember({"csv", "geojson"}));
  CLI::Option* overwrite = run_app->add_flag("--overwrite", arguments->overwrite,
                                             "Replace the output file if it exists");
  run_app
      ->add_flag("--resume", arguments->resume,
                 "Go on with the output file if a run left it before its end")
      ->excludes(overwrite);
  run_app
      ->add_option("--commit-interval", arguments->commit_interval_s,
                   "Seconds between the states that a killed run can be resumed from (default 5)")
      ->check(CLI::NonNegativeNumber);
  run_app->add_flag("--force", arguments->force,
                    "Start although the file or the memory will not suffice");
  run_app->add_flag("-q,--quiet", arguments->quiet, "No log, no progress; errors all the same");
  run_app->callback([arguments, &chosen] {
    chosen = [arguments](const comm::Communicator& comm) { run(comm, *arguments); };
  });
}

}  // namespace shakefield::drivers
